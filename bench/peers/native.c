/* What the machine itself can do, as loops for native.py. In registers alone: products and sums 128 bits wide that are not
 * fused, all that WebAssembly has, and fused ones 256 bits wide, as AVX2 has them. Over memory: a step of DST as three
 * plain passes, the least that reads and writes what a step has to. */
#include <math.h>
#include <stddef.h>

typedef float four __attribute__((vector_size(16)));
typedef float eight __attribute__((vector_size(32)));

/* The compiler may assume nothing about v: it neither folds nor hoists what depends on it. */
#define OPAQUE(v) __asm__ volatile("" : "+x"(v))

/* Eight sums, to each of which a product of its own is added, as in a matrix product. 64 operations an iteration. */
__attribute__((target("avx"))) float peak128(long iterations) {
    four x = {0.5f, 0.5f, 0.5f, 0.5f}, y = x, a = y, b = y, c = y, d = y, e = y, f = y, g = y, h = y;
#define ADD(sum) OPAQUE(x); sum = sum + x * y; OPAQUE(sum);
    for (; iterations > 0; iterations--) { ADD(a) ADD(b) ADD(c) ADD(d) ADD(e) ADD(f) ADD(g) ADD(h) }
    return (a + b + c + d + e + f + g + h)[0];
}

/* Twelve chains: as many as two units with a latency of four to six keep busy. 192 operations an iteration. */
__attribute__((target("avx2,fma"))) float peak256(long iterations) {
    eight x = {-1, -1, -1, -1, -1, -1, -1, -1}, y = -x;
    eight a = y, b = y, c = y, d = y, e = y, f = y, g = y, h = y, i = y, j = y, k = y, l = y;
#define FUSE(sum) sum = sum * x + y; OPAQUE(sum);
    for (; iterations > 0; iterations--) {
        FUSE(a) FUSE(b) FUSE(c) FUSE(d) FUSE(e) FUSE(f) FUSE(g) FUSE(h) FUSE(i) FUSE(j) FUSE(k) FUSE(l)
    }
    return (a + b + c + d + e + f + g + h + i + j + k + l)[0];
}

void fill(float *x, long n, unsigned state) {
    for (long i = 0; i < n; i++) {
        state = state * 1664525u + 1013904223u;
        x[i] = (float)state / 4294967296.0f - 0.5f;
    }
}

/* Distances, one count in the place of a threshold, projection; returns the count, so that nothing is left out. */
__attribute__((target("avx2"))) long step(float *theta, float *delta, const float *candidate, const float *seed, float tau,
                                          long n) {
    for (long i = 0; i < n; i++) delta[i] = fabsf(candidate[i] - seed[i]) * fabsf(seed[i]);
    int above = 0;
    for (long i = 0; i < n; i++) above += delta[i] > tau;
    for (long i = 0; i < n; i++) theta[i] = delta[i] > tau ? candidate[i] : seed[i];
    return above;
}
