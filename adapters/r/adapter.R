#!/usr/bin/env Rscript
# Answers the conformance protocol, version 2, for dst.R beside this file. Put your own in its place: say what it is and what
# it has in `start`, call it in the operations below, and run
#     npx dst conform -- Rscript adapter.R
options(warn = -1)
folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE)[1]))
for (part in c("dst.R", "given.R")) source(file.path(folder, part))

# ---- An operation each

operations <- list(
  silos = function(given) list(silos = lapply(silos(one_of(SILOS, given$strategy), given$parameters), as.list)),
  distance = function(given) {
    n <- length(given$seed)
    list(distances = distances(one_of(DISTANCES, given$kind), vector_of(given$candidate, n), vector_of(given$seed, n)))
  },
  threshold = function(given) {
    check(length(given$distances) > 0, "at least one distance", 0)
    tau <- vector_of(list(if (is.null(given$previous)) 1 else given$previous), 1, 0, Inf)
    list(threshold = scalar(threshold(vector_of(given$distances, length(given$distances), 0, Inf), tau, tuning(given))))
  },
  project = function(given) {
    n <- length(given$seed)
    projected <- do.call(project, c(list(vector_of(given$candidate, n), vector_of(given$seed, n)), silos_of(given, n)))
    list(parameters = projected$theta, thresholds = projected$taus)
  },
  overlap = function(given) {
    n <- length(given$seed)
    list(overlap = scalar(overlap(vector_of(given$seed, n), vector_of(given$a, n), vector_of(given$b, n))))
  },
  optimize = function(given) {
    rule <- optimizer(given$optimizer, given$shape)
    theta <- vector_of(given$parameters, rule$size)
    list(updates = lapply(given$gradients, function(gradient) {
      u <- rule$update(vector_of(gradient, rule$size), theta)
      theta <<- candidate(theta, u)
      u
    }))
  },
  train = function(given) {
    n <- length(given$seed)
    rules <- lapply(given$shapes, function(shape) optimizer(given$optimizer, shape))
    check(sum(vapply(rules, function(rule) rule$size, 0)) == n, paste("shapes of", n, "numbers"), length(rules))
    gradients <- lapply(given$gradients, vector_of, n)
    list(parameters = do.call(train, c(list(vector_of(given$seed, n), gradients, rules), silos_of(given, n))))
  },
  echo = function(given) list(numbers = vapply(given$numbers, number, 0)) # the wire alone: what is read is written
)

start <- list(
  implementation = list(name = "literal R", version = "1", language = "R", dtype = "float64"),
  ops = as.list(names(operations)), distances = as.list(DISTANCES), thresholds = as.list(THRESHOLDS),
  silos = as.list(SILOS), optimizers = as.list(OPTIMIZERS), counts = "quantile"
)

# ---- The conversation: a line in, a line out

answer <- function(request) {
  if (request$cmd == "start") return(c(list(version = scalar(min(2, request$version))), start))
  operation <- operations[[request$op]]
  if (is.null(operation)) return(list(skip = paste("there is no operation", request$op, "here")))
  tryCatch(
    list(output = operation(request$input)),
    invalid = function(problem) list(error = list(kind = "invalid-input", message = conditionMessage(problem))),
    error = function(problem) list(error = list(kind = "internal", message = conditionMessage(problem))) # a defect: said, and survived
  )
}

input <- file("stdin", "r")
while (length(line <- readLines(input, 1)) == 1) {
  request <- fromJSON(line, simplifyVector = FALSE)
  if (request$cmd == "stop") break
  cat(write(c(list(seq = scalar(request$seq)), answer(request))), "\n", sep = "")
}
