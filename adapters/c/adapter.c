/* Dynamic Subset Tuning (arXiv 2411.08610) in C: a literal translation, one function an equation, and below it what answers the
 * conformance protocol, version 2. Put your own implementation in the place of the first half.
 *
 *     cc -O2 -o adapter adapter.c -lm
 *     dst conform -- ./adapter
 *
 * A vector is an array of float. theta0 is the seed, theta the parameters, u the optimizer's update, theta_hat the candidate,
 * delta the distances and tau the threshold of a silo. Where the paper is silent, the ruling that is followed is named. */
#define _POSIX_C_SOURCE 200809L /* getline */
#include <float.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- Memory: taken for one request, and given back after it ------------------------------------------------------------ */

typedef struct Block { struct Block *before; max_align_t data[]; } Block;
static Block *blocks;

static void *take(size_t count, size_t size) {
    Block *block = calloc(1, sizeof(Block) + (count + 1) * size);
    if (block == NULL) { fputs("no memory left\n", stderr); exit(1); }
    block->before = blocks;
    blocks = block;
    return block->data;
}

static void give_back(void) {
    while (blocks != NULL) { Block *before = blocks->before; free(blocks); blocks = before; }
}

/* ---- Equations 3 to 9 -------------------------------------------------------------------------------------------------- */

enum { ABSOLUTE, RELATIVE, INVERSE_RELATIVE };
static const char *const DISTANCES[] = {"absolute", "relative", "inverse-relative", NULL};
enum { QUANTILE, ITERATIVE };
static const char *const THRESHOLDS[] = {"quantile", "iterative", NULL};
typedef struct { int method; float epsilon, c; int iterations; } Choice;

/* Eq. 3: theta_hat = theta + u. */
static void candidate(float *theta_hat, const float *theta, const float *u, size_t n) {
    for (size_t i = 0; i < n; i++) theta_hat[i] = theta[i] + u[i];
}

/* Eq. 5 and Table 1: delta_i = d(theta_hat_i, theta0_i). */
static float distance(int kind, float theta_hat, float theta0) {
    float difference = fabsf(theta_hat - theta0);
    if (kind == ABSOLUTE) return difference;
    if (kind == INVERSE_RELATIVE) return difference * fabsf(theta0);
    return difference == 0 ? 0 : difference / fabsf(theta0); /* 0/0 is 0, x/0 is infinite (amb-4) */
}

static void distances(float *delta, int kind, const float *theta_hat, const float *theta0, size_t n) {
    for (size_t i = 0; i < n; i++) delta[i] = distance(kind, theta_hat[i], theta0[i]);
}

static int ascending(const void *a, const void *b) {
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

/* The q-quantile as jnp.quantile has it: interpolated linearly between the order statistics around q (m - 1). */
static float quantile(const float *values, size_t m, double q) {
    float *ordered = take(m, sizeof(float));
    memcpy(ordered, values, m * sizeof(float));
    qsort(ordered, m, sizeof(float), ascending);
    double position = q * (double)(m - 1);
    size_t j = (size_t)floor(position);
    float weight = (float)(position - (double)j);
    if (weight == 0 || ordered[j] == ordered[j + 1]) return ordered[j]; /* also where both are infinite */
    return ordered[j] + weight * (ordered[j + 1] - ordered[j]);
}

/* Eq. 6: tau = quantile(delta, 1 - epsilon). */
static float quantile_threshold(const float *delta, size_t m, float epsilon) { return quantile(delta, m, 1 - (double)epsilon); }

/* Eq. 7: theta_i = theta_hat_i if delta_i > tau, else theta0_i. It solves Eq. 4 under the constraint of Eq. 2. */
static void keep_or_reset(float *theta, const float *theta_hat, const float *theta0, const float *delta, float tau, size_t n) {
    for (size_t i = 0; i < n; i++) theta[i] = delta[i] > tau ? theta_hat[i] : theta0[i];
}

/* Eq. 8: f(tau) = |{ i : delta_i > tau }| / |S|. */
static float fraction(const float *delta, size_t m, float tau) {
    size_t count = 0;
    for (size_t i = 0; i < m; i++) count += delta[i] > tau;
    return (float)count / (float)m;
}

/* Algorithm 2: bisects [tau_previous / c, tau_previous * c] for f(tau) = epsilon. */
static float iterative_threshold(const float *delta, size_t m, float epsilon, float tau_previous, float c, int iterations) {
    if (tau_previous == 0 || isinf(tau_previous)) tau_previous = quantile_threshold(delta, m, epsilon); /* amb-7 */
    float lo = tau_previous / c, hi = tau_previous * c;
    for (int t = 0; t < iterations; t++) {
        float mid = (lo + hi) / 2;
        if (fraction(delta, m, mid) > epsilon) lo = mid;
        else hi = mid;
    }
    return (lo + hi) / 2;
}

static bool differs(float x, float y) { return memcmp(&x, &y, sizeof x) != 0; } /* in bits: -0 differs from 0 (amb-17) */

/* Eq. 9: of the parameters that differ from the seed, the share that both checkpoints have in common (amb-21). */
static float overlap(const float *theta0, const float *a, const float *b, size_t n) {
    size_t in_a = 0, in_b = 0, in_both = 0;
    for (size_t i = 0; i < n; i++) {
        in_a += differs(a[i], theta0[i]);
        in_b += differs(b[i], theta0[i]);
        in_both += differs(a[i], theta0[i]) && differs(b[i], theta0[i]);
    }
    return in_a + in_b == 0 ? 1 : 2 * (float)in_both / (float)(in_a + in_b);
}

/* ---- Appendix F: optimizers; AdaFactor as Shazeer and Stern 2018, with the semantics of t5x (amb-12) ------------------- */

enum { SGD, ADAFACTOR };
static const char *const OPTIMIZERS[] = {"sgd", "adafactor", NULL};

typedef struct { /* of one tensor; infinite clipping, momentum 0 and weight decay 0 are none */
    int name;
    float learning_rate, decay_rate, epsilon1, epsilon2, clipping_threshold, momentum, weight_decay;
    bool multiply_by_parameter_scale, is_factored;
    size_t size, rows, columns; /* of each of the matrices that the last two dimensions span */
    int t;
    float *v, *v_row, *v_column, *m;
} Optimizer;

static float average(float before, float now, float beta) { return beta * before + (1 - beta) * now; }

static float mean(const float *x, size_t count, size_t stride) {
    double sum = 0;
    for (size_t i = 0; i < count; i++) sum += x[i * stride];
    return (float)(sum / (double)count);
}

static float rms(const float *x, size_t n) {
    double sum = 0;
    for (size_t i = 0; i < n; i++) sum += (double)x[i] * x[i];
    return (float)sqrt(sum / (double)n);
}

/* v ~ v_row v_column^T / mean(v_row), matrix by matrix. */
static void precondition_factored(Optimizer *o, float *y, const float *g, const float *squares, float beta2) {
    size_t rows = o->rows, columns = o->columns;
    for (size_t k = 0; k < o->size / (rows * columns); k++) {
        float *v_row = o->v_row + k * rows, *v_column = o->v_column + k * columns;
        size_t start = k * rows * columns;
        for (size_t i = 0; i < rows; i++) v_row[i] = average(v_row[i], mean(squares + start + i * columns, columns, 1), beta2);
        for (size_t j = 0; j < columns; j++) v_column[j] = average(v_column[j], mean(squares + start + j, rows, columns), beta2);
        float row_mean = mean(v_row, rows, 1);
        for (size_t i = 0; i < rows; i++)
            for (size_t j = 0; j < columns; j++) {
                size_t at = start + i * columns + j;
                y[at] = g[at] / sqrtf(v_row[i] / row_mean) / sqrtf(v_column[j]);
            }
    }
}

static void adafactor(Optimizer *o, float *u, const float *g, const float *theta) {
    size_t n = o->size;
    float beta2 = (float)(1 - pow(++o->t, -(double)o->decay_rate)); /* 1 - t^-0.8: 0 at the first step */
    float *squares = take(n, sizeof(float)), *y = take(n, sizeof(float));
    for (size_t i = 0; i < n; i++) squares[i] = g[i] * g[i] + o->epsilon1;
    if (o->is_factored) precondition_factored(o, y, g, squares, beta2);
    else for (size_t i = 0; i < n; i++) {
        o->v[i] = average(o->v[i], squares[i], beta2); /* v = beta2 v + (1 - beta2)(g^2 + epsilon1) */
        y[i] = g[i] / sqrtf(o->v[i]);
    }
    float excess = fmaxf(1, rms(y, n) / o->clipping_threshold); /* y / max(1, RMS(y) / d) */
    float scale = o->multiply_by_parameter_scale ? fmaxf(o->epsilon2, rms(theta, n)) : 1;
    for (size_t i = 0; i < n; i++) {
        y[i] = o->learning_rate * scale * (y[i] / excess); /* lr max(epsilon2, RMS(theta)) */
        o->m[i] = average(o->m[i], y[i], o->momentum); /* m = beta1 m + (1 - beta1) y */
        u[i] = -(o->m[i] + o->weight_decay * theta[i]); /* the decay is not times lr */
    }
}

static void update(Optimizer *o, float *u, const float *g, const float *theta) {
    if (o->name == ADAFACTOR) { adafactor(o, u, g, theta); return; }
    for (size_t i = 0; i < o->size; i++) u[i] = -o->learning_rate * g[i]; /* u = -lr g */
}

/* ---- A step: Eq. 5 to 7 silo by silo, and Algorithm 1 ------------------------------------------------------------------ */

typedef struct { size_t count, *lengths; int distance; float *taus; Choice choice; } Silos;

static float threshold(const float *delta, size_t m, float tau_previous, Choice choice) {
    if (choice.method == QUANTILE) return quantile_threshold(delta, m, choice.epsilon);
    return iterative_threshold(delta, m, choice.epsilon, tau_previous, choice.c, choice.iterations);
}

/* Each silo by itself, a consecutive stretch; its tau takes the place of the one before. */
static void project(float *theta, const float *theta_hat, const float *theta0, Silos *silos) {
    size_t start = 0;
    for (size_t s = 0; s < silos->count; start += silos->lengths[s++]) {
        size_t length = silos->lengths[s];
        float *delta = take(length, sizeof(float));
        distances(delta, silos->distance, theta_hat + start, theta0 + start, length);
        silos->taus[s] = threshold(delta, length, silos->taus[s], silos->choice);
        keep_or_reset(theta + start, theta_hat + start, theta0 + start, delta, silos->taus[s], length);
    }
}

/* Algorithm 1, one step: the optimizers see the whole gradient, one a tensor; no state is masked. */
static void step(float *theta, const float *gradient, const float *theta0, Optimizer *optimizers, size_t tensors,
                 Silos *silos, size_t n) {
    float *u = take(n, sizeof(float)), *theta_hat = take(n, sizeof(float));
    size_t start = 0;
    for (size_t k = 0; k < tensors; start += optimizers[k++].size)
        update(&optimizers[k], u + start, gradient + start, theta + start);
    candidate(theta_hat, theta, u, n);
    project(theta, theta_hat, theta0, silos);
}

/* ==== The protocol. A refusal leaves the operation at once. ============================================================= */

static jmp_buf refused;
static char reason[200];

static void refuse(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(reason, sizeof reason, format, arguments);
    va_end(arguments);
    longjmp(refused, 1);
}

/* ---- JSON: a small reader. Texts stay as they are written, since they are compared and repeated, never shown. ---------- */

typedef enum { NIL, BOOLEAN, NUMBER, TEXT, LIST, RECORD } Kind;
typedef struct Value { Kind kind; double number; char *text, *key; struct Value *first, *next; size_t count; } Value;
static const Value ABSENT = {NIL, 0, "", "", NULL, NULL, 0};

static void skip_space(char **at) { *at += strspn(*at, " \t\r\n"); }

static char *read_text(char **at) {
    char *start = ++*at;
    for (; **at != '"' && **at != 0; ++*at) if (**at == '\\' && (*at)[1] != 0) ++*at;
    if (**at != 0) *(*at)++ = 0;
    return start;
}

static Value *read_value(char **at) {
    Value *value = take(1, sizeof(Value));
    value->text = "";
    skip_space(at);
    if (**at == '"') { value->kind = TEXT; value->text = read_text(at); return value; }
    if (**at == '[' || **at == '{') {
        bool is_record = **at == '{';
        value->kind = is_record ? RECORD : LIST;
        Value **end = &value->first;
        for (++*at, skip_space(at); **at != ']' && **at != '}' && **at != 0; skip_space(at)) {
            if (**at == ',') { ++*at; continue; }
            char *key = "";
            if (is_record) { key = read_text(at); skip_space(at); if (**at == ':') ++*at; }
            *end = read_value(at);
            (*end)->key = key;
            end = &(*end)->next;
            value->count++;
        }
        if (**at != 0) ++*at;
        return value;
    }
    if (strncmp(*at, "true", 4) == 0 || strncmp(*at, "false", 5) == 0) { value->kind = BOOLEAN; value->number = **at == 't'; }
    else if (strncmp(*at, "null", 4) != 0) { value->kind = NUMBER; value->number = strtod(*at, NULL); }
    *at += strcspn(*at, ",]} \t\r\n");
    return value;
}

static const Value *field(const Value *record, const char *key) {
    for (const Value *entry = record->first; entry != NULL; entry = entry->next) if (strcmp(entry->key, key) == 0) return entry;
    return &ABSENT;
}

/* ---- What is asked for, or a refusal ----------------------------------------------------------------------------------- */

static double number(const Value *value) { /* "NaN", "Infinity" and "-Infinity" come as texts, which strtod reads */
    return value->kind == TEXT ? strtod(value->text, NULL) : value->kind == NIL ? NAN : value->number;
}

static double number_or(const Value *record, const char *key, double absent, double null) {
    const Value *value = field(record, key);
    return value == &ABSENT ? absent : value->kind == NIL ? null : number(value);
}

static int one_of(const char *const *names, const Value *value, const char *otherwise) {
    const char *name = value->kind == TEXT ? value->text : otherwise;
    for (int i = 0; names[i] != NULL; i++) if (strcmp(names[i], name) == 0) return i;
    refuse("expected one of %s, ..., got an unknown name", names[0]);
    return -1;
}

static float *vector(const Value *list, size_t length, double least, double greatest) {
    if (list->count != length) refuse("expected %zu numbers, got %zu", length, list->count);
    float *x = take(length, sizeof(float)), *next = x;
    for (const Value *entry = list->first; entry != NULL; entry = entry->next) {
        double given = number(entry); /* the comparison is never true of NaN */
        if (!(given >= least && given <= greatest)) refuse("expected a number in range, got %g", given);
        *next++ = (float)given;
    }
    return x;
}

static float *numbers(const Value *list, size_t length) { return vector(list, length, -FLT_MAX, FLT_MAX); }

static Choice choice_of(const Value *in) {
    double epsilon = number(field(in, "epsilon"));
    if (!(epsilon > 0 && epsilon <= 1)) refuse("expected epsilon in (0, 1], got %g", epsilon);
    float c = (float)number_or(in, "factor", 2, 2);
    return (Choice){one_of(THRESHOLDS, field(in, "method"), ""), (float)epsilon, c, (int)number_or(in, "iterations", 10, 10)};
}

static Silos silos_of(const Value *in, size_t n) {
    const Value *list = field(in, "silos"), *previous = field(in, "previous");
    int kind = one_of(DISTANCES, field(in, "distance"), "");
    Silos silos = {list->count, take(list->count, sizeof(size_t)), kind, NULL, choice_of(in)};
    size_t s = 0, sum = 0;
    for (const Value *entry = list->first; entry != NULL; entry = entry->next) {
        if (!(entry->number >= 1)) refuse("expected silos of one or more, got %g", entry->number);
        sum += silos.lengths[s++] = (size_t)entry->number;
    }
    if (sum != n) refuse("expected silos that add up to %zu, got %zu", n, sum);
    if (previous->kind == LIST) silos.taus = vector(previous, silos.count, 0, HUGE_VAL);
    else for (silos.taus = take(silos.count, sizeof(float)), s = 0; s < silos.count; s++) silos.taus[s] = 1;
    return silos;
}

static Optimizer optimizer_of(const Value *in, const Value *shape) {
    static const char *const DIALECTS[] = {"t5x", NULL};
    Optimizer o = {.name = one_of(OPTIMIZERS, field(in, "name"), ""), .size = 1};
    o.learning_rate = (float)number(field(in, "learningRate"));
    one_of(DIALECTS, field(in, "dialect"), "t5x");
    o.decay_rate = (float)number_or(in, "decayRate", 0.8, 0.8);
    o.epsilon1 = (float)number_or(in, "epsilon1", 1e-30, 0);
    o.epsilon2 = (float)number_or(in, "epsilon2", 1e-3, 0);
    o.clipping_threshold = (float)number_or(in, "clippingThreshold", 1, HUGE_VAL);
    o.multiply_by_parameter_scale = number_or(in, "multiplyByParameterScale", 1, 0) != 0;
    o.momentum = (float)number_or(in, "momentum", 0, 0);
    o.weight_decay = (float)number_or(in, "weightDecay", 0, 0);
    size_t largest = 0, second = 0;
    for (const Value *entry = shape->first; entry != NULL; entry = entry->next) {
        size_t dimension = (size_t)entry->number;
        if (dimension > largest) { second = largest; largest = dimension; }
        else if (dimension > second) second = dimension;
        o.size *= dimension;
        o.rows = o.columns;
        o.columns = dimension;
    }
    o.is_factored = shape->count >= 2 && (double)second >= number_or(in, "minDimSizeToFactor", 128, 128);
    o.v = take(o.size, sizeof(float));
    o.v_row = take(o.size, sizeof(float));
    o.v_column = take(o.size, sizeof(float));
    o.m = take(o.size, sizeof(float));
    return o;
}

/* ---- Answers ----------------------------------------------------------------------------------------------------------- */

static void print_number(float x) {
    if (isnan(x)) printf("\"NaN\"");
    else if (isinf(x)) printf(x > 0 ? "\"Infinity\"" : "\"-Infinity\"");
    else printf("%.9g", x); /* nine digits round-trip a float32; -0 is -0 */
}

static void print_list(const float *x, size_t n) {
    for (size_t i = 0; i < n; i++) { putchar(i == 0 ? '[' : ','); print_number(x[i]); }
    fputs(n == 0 ? "[]" : "]", stdout);
}

static void print_lists(const char *name, const float *x, size_t count, size_t n) {
    printf("\"output\":{\"%s\":[", name);
    for (size_t t = 0; t < count; t++) { if (t > 0) putchar(','); print_list(x + t * n, n); }
    printf("]}");
}

/* ---- An operation each: all is read and computed, and what is wrong refused, before anything is printed ---------------- */

static bool share_a_silo(int strategy, const Value *a, const Value *b) {
    const Value *layer_a = field(a, "layer"), *layer_b = field(b, "layer");
    if (strategy == 0) return true; /* none */
    if (strcmp(field(a, "module")->text, field(b, "module")->text) != 0) return false;
    return strategy == 1 || (layer_a->kind == layer_b->kind && layer_a->number == layer_b->number);
}

static void answer_silos(const Value *in) {
    static const char *const STRATEGIES[] = {"none", "per-module", "per-module-and-layer", NULL};
    int strategy = one_of(STRATEGIES, field(in, "strategy"), "");
    const Value *all = field(in, "parameters")->first;
    printf("\"output\":{\"silos\":[");
    for (const Value *a = all, *b; a != NULL; a = a->next) { /* a silo where none before shares one */
        for (b = all; b != a && !share_a_silo(strategy, a, b); b = b->next) continue;
        if (b != a) continue;
        fputs(a == all ? "[" : ",[", stdout);
        for (; b != NULL; b = b->next)
            if (share_a_silo(strategy, a, b)) printf("%s\"%s\"", b == a ? "" : ",", field(b, "name")->text);
        putchar(']');
    }
    fputs("]}", stdout);
}

static void answer_distance(const Value *in) {
    int kind = one_of(DISTANCES, field(in, "kind"), "");
    size_t n = field(in, "seed")->count;
    float *seed = numbers(field(in, "seed"), n), *theta_hat = numbers(field(in, "candidate"), n), *delta = take(n, sizeof(float));
    distances(delta, kind, theta_hat, seed, n);
    printf("\"output\":{\"distances\":");
    print_list(delta, n);
    putchar('}');
}

static void answer_threshold(const Value *in) {
    Choice choice = choice_of(in);
    size_t m = field(in, "distances")->count;
    double previous = number_or(in, "previous", 1, 1);
    if (m == 0 || !(previous >= 0)) refuse("expected at least one distance and a threshold from 0, got %zu and %g", m, previous);
    float tau = threshold(vector(field(in, "distances"), m, 0, HUGE_VAL), m, (float)previous, choice);
    printf("\"output\":{\"threshold\":");
    print_number(tau);
    putchar('}');
}

static void answer_project(const Value *in) {
    size_t n = field(in, "seed")->count;
    float *seed = numbers(field(in, "seed"), n), *theta_hat = numbers(field(in, "candidate"), n), *theta = take(n, sizeof(float));
    Silos silos = silos_of(in, n);
    project(theta, theta_hat, seed, &silos);
    printf("\"output\":{\"parameters\":");
    print_list(theta, n);
    printf(",\"thresholds\":");
    print_list(silos.taus, silos.count);
    putchar('}');
}

static void answer_overlap(const Value *in) {
    size_t n = field(in, "seed")->count;
    float share = overlap(numbers(field(in, "seed"), n), numbers(field(in, "a"), n), numbers(field(in, "b"), n), n);
    printf("\"output\":{\"overlap\":%.9g}", share);
}

static void answer_optimize(const Value *in) {
    Optimizer optimizer = optimizer_of(field(in, "optimizer"), field(in, "shape"));
    size_t n = optimizer.size, steps = field(in, "gradients")->count;
    float *theta = numbers(field(in, "parameters"), n), *updates = take(steps * n, sizeof(float)), *u = updates;
    for (const Value *gradient = field(in, "gradients")->first; gradient != NULL; gradient = gradient->next, u += n) {
        update(&optimizer, u, numbers(gradient, n), theta);
        candidate(theta, theta, u, n);
    }
    print_lists("updates", updates, steps, n);
}

static void answer_train(const Value *in) {
    const Value *shapes = field(in, "shapes"), *gradients = field(in, "gradients");
    size_t n = field(in, "seed")->count, tensors = 0, sum = 0;
    float *seed = numbers(field(in, "seed"), n), *theta = numbers(field(in, "seed"), n);
    Silos silos = silos_of(in, n);
    Optimizer *optimizers = take(shapes->count, sizeof(Optimizer));
    for (const Value *shape = shapes->first; shape != NULL; shape = shape->next) {
        optimizers[tensors] = optimizer_of(field(in, "optimizer"), shape);
        sum += optimizers[tensors++].size;
    }
    if (sum != n) refuse("expected shapes of %zu numbers, got %zu", n, sum);
    float *trajectory = take(gradients->count * n, sizeof(float)), *next = trajectory;
    for (const Value *gradient = gradients->first; gradient != NULL; gradient = gradient->next, next += n) {
        step(theta, numbers(gradient, n), seed, optimizers, tensors, &silos, n);
        memcpy(next, theta, n * sizeof(float));
    }
    print_lists("parameters", trajectory, gradients->count, n);
}

static void answer_echo(const Value *in) { /* the wire alone: what is read is written */
    size_t n = field(in, "numbers")->count;
    float *values = take(n, sizeof(float)), *next = values;
    for (const Value *x = field(in, "numbers")->first; x != NULL; x = x->next) *next++ = (float)number(x);
    printf("\"output\":{\"numbers\":");
    print_list(values, n);
    putchar('}');
}

/* ---- The conversation: a line in, a line out --------------------------------------------------------------------------- */

static const struct { const char *name; void (*answer)(const Value *); } OPERATIONS[] = {
    {"silos", answer_silos}, {"distance", answer_distance}, {"threshold", answer_threshold}, {"project", answer_project},
    {"overlap", answer_overlap}, {"optimize", answer_optimize}, {"train", answer_train},
    {"echo", answer_echo},
};

static const char START[] =
    "\"implementation\":{\"name\":\"literal C\",\"version\":\"1\",\"language\":\"C\",\"dtype\":\"float32\"},"
    "\"ops\":[\"silos\",\"distance\",\"threshold\",\"project\",\"overlap\",\"optimize\",\"train\",\"echo\"],"
    "\"distances\":[\"absolute\",\"relative\",\"inverse-relative\"],\"thresholds\":[\"quantile\",\"iterative\"],"
    "\"silos\":[\"none\",\"per-module\",\"per-module-and-layer\"],\"optimizers\":[\"sgd\",\"adafactor\"],\"counts\":\"quantile\"";

static void run(void (*answer)(const Value *), const Value *input) {
    if (setjmp(refused) == 0) answer(input);
    else printf("\"error\":{\"kind\":\"invalid-input\",\"message\":\"%s\"}", reason);
}

static void reply(const Value *request) {
    const char *cmd = field(request, "cmd")->text, *op = field(request, "op")->text;
    printf("{\"seq\":%.0f,", number(field(request, "seq")));
    size_t i = 0, count = sizeof OPERATIONS / sizeof *OPERATIONS;
    while (i < count && strcmp(op, OPERATIONS[i].name) != 0) i++;
    if (strcmp(cmd, "start") == 0) printf("\"version\":%d,%s", number(field(request, "version")) < 2 ? 1 : 2, START);
    else if (i < count) run(OPERATIONS[i].answer, field(request, "input"));
    else fputs("\"skip\":\"there is no such operation here\"", stdout);
    fputs("}\n", stdout);
    fflush(stdout);
}

int main(void) {
    char *line = NULL;
    size_t size = 0;
    while (getline(&line, &size, stdin) > 0) {
        char *at = line;
        const Value *request = read_value(&at);
        if (strcmp(field(request, "cmd")->text, "stop") == 0) break;
        reply(request);
        give_back();
    }
    return 0;
}
