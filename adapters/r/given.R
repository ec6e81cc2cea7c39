# What the operations read: options with their defaults, refusals, and numbers as the protocol has them.
suppressPackageStartupMessages(library(jsonlite))

DISTANCES <- c("absolute", "relative", "inverse-relative")
THRESHOLDS <- c("quantile", "iterative")
SILOS <- c("none", "per-module", "per-module-and-layer")
OPTIMIZERS <- c("sgd", "adafactor")
DEFAULTS <- list(dialect = "t5x", decayRate = 0.8, epsilon1 = 1e-30, epsilon2 = 1e-3, clippingThreshold = 1,
                 minDimSizeToFactor = 128, multiplyByParameterScale = TRUE)

# The caller's mistake, which is refused and never guessed at.
check <- function(holds, expected, got) {
  if (isTRUE(holds)) return(invisible())
  text <- paste0("expected ", expected, ", got ", paste(format(got), collapse = " "))
  stop(structure(list(message = text, call = NULL), class = c("invalid", "error", "condition")))
}

one_of <- function(names, name) {
  check(is.character(name) && name %in% names, paste("one of", toString(names)), name)
  name
}

number <- function(x) if (is.character(x)) as.numeric(sub("Infinity", "Inf", x)) else as.numeric(x) # "NaN", "Infinity", "-Infinity"

vector_of <- function(values, length, least = -.Machine$double.xmax, greatest = .Machine$double.xmax) {
  check(length(values) == length, paste(length, "numbers"), length(values))
  x <- vapply(values, number, 0)
  check(all(x >= least & x <= greatest), "numbers in range", x) # NA of NaN, which is not TRUE
  x
}

tuning <- function(given) {
  given$epsilon <- if (is.null(given$epsilon)) NaN else number(given$epsilon)
  check(given$epsilon > 0 && given$epsilon <= 1, "epsilon in (0, 1]", given$epsilon)
  one_of(THRESHOLDS, given$method)
  modifyList(list(factor = 2, iterations = 10), given[c("method", "epsilon", intersect(c("factor", "iterations"), names(given)))])
}

silos_of <- function(given, n) {
  lengths <- as.numeric(unlist(given$silos))
  check(all(lengths >= 1) && sum(lengths) == n, paste("silos that add up to", n), lengths)
  previous <- if (is.null(given$previous)) as.list(rep(1, length(lengths))) else given$previous
  list(lengths, one_of(DISTANCES, given$distance), vector_of(previous, length(lengths), 0, Inf), tuning(given))
}

optimizer <- function(given, shape) {
  o <- DEFAULTS
  for (name in names(given)) o[name] <- list(given[[name]]) # null is none
  one_of("t5x", o$dialect)
  if (one_of(OPTIMIZERS, o$name) == "sgd") sgd(unlist(shape), o) else adafactor(unlist(shape), o)
}

scalar <- function(x) structure(x, class = "scalar")

# As JSON has it. jsonlite writes 15 digits at most, and a float64 needs 17.
write <- function(value) {
  if (is.character(value)) return(as.character(toJSON(unbox(value))))
  if (is.numeric(value)) {
    text <- sprintf("%.17g", unclass(value)) # -0 is -0
    strange <- !is.finite(value)
    text[strange] <- c(`NaN` = '"NaN"', `Inf` = '"Infinity"', `-Inf` = '"-Infinity"')[as.character(unclass(value)[strange])]
    return(if (inherits(value, "scalar")) text else paste0("[", paste(text, collapse = ","), "]"))
  }
  parts <- vapply(value, write, "")
  if (is.null(names(value))) return(paste0("[", paste(parts, collapse = ","), "]"))
  paste0("{", paste0('"', names(value), '":', parts, collapse = ","), "}")
}
