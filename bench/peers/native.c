/* What the machine itself can do, as loops for native.py. In registers alone: products and sums 128 bits wide that are not
 * fused, all that WebAssembly has, and fused ones 256 bits wide, as AVX2 has them. Over memory: a step of DST as two plain
 * passes, and as one, the least that reads and writes what a step has to. Of a training step: exponentials, and one pass
 * over parameters and gradient; its matrix products are in product.c. */
#include <math.h>
#include <stddef.h>

typedef float four __attribute__((vector_size(16)));
typedef int ints __attribute__((vector_size(16)));
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

/* Distances, counted in the place of a threshold, and projection; returns the count, so that nothing is left out. */
__attribute__((target("avx2"))) long step(float *theta, float *delta, const float *candidate, const float *seed, float tau,
                                          long n) {
    int above = 0;
    for (long i = 0; i < n; i++) {
        delta[i] = fabsf(candidate[i] - seed[i]) * fabsf(seed[i]);
        above += delta[i] > tau;
    }
    for (long i = 0; i < n; i++) theta[i] = delta[i] > tau ? candidate[i] : seed[i];
    return above;
}

/* The same at once, by a threshold that somebody knew before. */
__attribute__((target("avx2"))) long step_at_once(float *theta, float *delta, const float *candidate, const float *seed,
                                                  float tau, long n) {
    int above = 0;
    for (long i = 0; i < n; i++) {
        float distance = fabsf(candidate[i] - seed[i]) * fabsf(seed[i]);
        delta[i] = distance;
        above += distance > tau;
        theta[i] = distance > tau ? candidate[i] : seed[i];
    }
    return above;
}

/* How many exceed tau: 128 bits, eight vectors a turn, as ours. */
__attribute__((target("avx"))) long count_above(const float *x, float tau, long n) {
    const four t = (four){} + tau;
    ints a = {}, b = a, c = a, d = a;
    long i = 0;
    for (; i + 32 <= n; i += 32) {
        const four *v = (const four *)(x + i);
        a -= v[0] > t, b -= v[1] > t, c -= v[2] > t, d -= v[3] > t;
        a -= v[4] > t, b -= v[5] > t, c -= v[6] > t, d -= v[7] > t;
    }
    ints sum = a + b + c + d;
    long above = (long)sum[0] + sum[1] + sum[2] + sum[3];
    for (; i < n; i++) above += x[i] > tau;
    return above;
}

/* e^x as in wasm-simd/assembly/exponential.ts, for |x| < 87: neither bounded nor ready for denormal results. */
__attribute__((target("avx"))) static inline four exponential(four x) {
    const four rounder = (four){} + 12582912;
    four shifted = x * 1.44269504f + rounder, n = shifted - rounder;
    four r = x - n * 0.693359375f - n * -2.1219444e-4f;
    four p = ((((r * 1.98756915e-4f + 1.3981999507e-3f) * r + 8.3334519073e-3f) * r + 4.1665795894e-2f) * r +
              1.6666665459e-1f) * r + 5.0000001201e-1f;
    return (p * (r * r) + r + 1) * (four)(((ints)shifted - (ints)rounder + 127) << 23);
}

/* n of them, 4,096 at a time and the same ones always, so that they are in the nearest cache. */
__attribute__((target("avx"))) void exponentials(float *out, const float *x, long n) {
    for (; n > 0; n -= 4096) {
        for (long i = 0; i < 4096 && i < n; i += 4) *(four *)(out + i) = exponential(*(const four *)(x + i));
    }
}

/* The least that an optimizer reads and writes: the gradient once, the parameters once to and fro. */
__attribute__((target("avx"))) void descend(float *theta, const float *gradient, float rate, long n) {
    for (long i = 0; i < n; i++) theta[i] -= rate * gradient[i];
}
