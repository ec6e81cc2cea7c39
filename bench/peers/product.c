/* The matrix product as WebAssembly could have it at best: vectors of 128 bits, products and sums that are not fused (AVX
 * has no fused ones). It goes in packed blocks, as wasm-simd/assembly/matmul.ts does, with what C has beyond: sixteen
 * registers, memory as an operand, code that is scheduled in advance, prefetching, rows of A that are read where they lie.
 *
 * It has 94 to 99 % of the loop in registers (bench/matmul.ts). Tiles from 4 x 8 to 7 x 8, 3 x 12 to 3 x 16 and 1 x 40, in
 * assembly too, made no difference: each fills the three units that multiply or add. Nor did blocks of 256 to 1,024 along
 * k, 8 to 32 rows, 256 to 1,024 columns. Unrolling gains 1 to 2 %, packing beside the arithmetic rather than before it 1
 * to 4 %, prefetching 4 % where A is large and transposed. */
#include <immintrin.h>
#include <math.h>

typedef float four __attribute__((vector_size(16)));
typedef float loose __attribute__((vector_size(16), aligned(4)));

/* Rows and columns of a tile: every shape that is measured is made of whole ones, so nothing is lost at an edge. */
enum { ROWS = 4, COLUMNS = 8, UNROLL = 4 };
/* Depth, columns of B and rows of A of a block: a panel of B and the rows stay in the first cache, all of B's block in the
 * second. */
enum { DEPTH = 256, WIDTH = 512, HEIGHT = 16 };
/* A matrix B so small is read where it lies. */
enum { SMALL = 4096 };

static float packedA[HEIGHT * DEPTH] __attribute__((aligned(64))), packedB[WIDTH * DEPTH] __attribute__((aligned(64)));

#define LOAD(at) (*(const loose *)(at))
#define STORE(at, value) (*(loose *)(at) = (value))

/* What a tile is told: c[4, 8] (+)= a[4, k] b[k, 8]. Row r of A lies at a + r rowA, its next element stepA further. What is
 * read of A and B is left at keepA and keepB, in the order in which the next tiles read it. */
#define TILE                                                                                                            \
    float *c, long rowC, const float *a, long rowA, long stepA, const float *b, long stepB, long k, int accumulate,     \
        float *keepA, float *keepB
#define AVX __attribute__((target("avx")))

AVX static inline __attribute__((always_inline)) void tile(TILE) {
    float *c1 = c + rowC, *c2 = c1 + rowC, *c3 = c2 + rowC;
    const float *a1 = a + rowA, *a2 = a1 + rowA, *a3 = a2 + rowA;
    four l0 = {0, 0, 0, 0}, l1 = l0, l2 = l0, l3 = l0, r0 = l0, r1 = l0, r2 = l0, r3 = l0;
    if (accumulate) {
        l0 = LOAD(c), l1 = LOAD(c1), l2 = LOAD(c2), l3 = LOAD(c3);
        r0 = LOAD(c + 4), r1 = LOAD(c1 + 4), r2 = LOAD(c2 + 4), r3 = LOAD(c3 + 4);
    }
#define ADD(row, l, r) x = (four){*row, *row, *row, *row}, l += x * left, r += x * right, row += stepA
    for (k /= UNROLL; k > 0; k--) {
#pragma GCC unroll 4
        for (int u = 0; u < UNROLL; u++) {
            four left = LOAD(b), right = LOAD(b + 4), x;
            if (keepB) STORE(keepB, left), STORE(keepB + 4, right), keepB += COLUMNS;
            if (keepA) STORE(keepA, LOAD(a)), keepA += ROWS, __builtin_prefetch(a + HEIGHT, 0, 2);
            ADD(a, l0, r0), ADD(a1, l1, r1), ADD(a2, l2, r2), ADD(a3, l3, r3);
            b += stepB;
        }
    }
    STORE(c, l0), STORE(c1, l1), STORE(c2, l2), STORE(c3, l3);
    STORE(c + 4, r0), STORE(c1 + 4, r1), STORE(c2 + 4, r2), STORE(c3 + 4, r3);
}

/* The same for each frequent case, with constants in the place of what does not change: 2 to 4 % faster (bench/matmul.ts). */
AVX __attribute__((noinline)) static void tileOfRows(TILE) { tile(c, rowC, a, rowA, 1, b, COLUMNS, k, accumulate, 0, 0); }
AVX __attribute__((noinline)) static void tilePacked(TILE) { tile(c, rowC, a, 1, ROWS, b, COLUMNS, k, accumulate, 0, 0); }
AVX __attribute__((noinline)) static void tileInPlace(TILE) { tile(c, rowC, a, rowA, stepA, b, stepB, k, accumulate, 0, 0); }
AVX __attribute__((noinline)) static void tileAndKeep(TILE) {
    tile(c, rowC, a, rowA, stepA, b, stepB, k, accumulate, keepA, keepB);
}

/* Panels of 8 columns of B, stored [n, k]: 4 x 4 elements at a time. */
AVX static void packTransposed(const float *b, long row, long k, long n) {
    for (long j = 0; j < n; j += 4) {
        const float *from = b + j * row;
        float *to = packedB + (j & ~7L) * k + (j & 4);
        for (long p = 0; p < k; p += 4, from += 4, to += 4 * COLUMNS) {
            four x0 = LOAD(from), x1 = LOAD(from + row), x2 = LOAD(from + 2 * row), x3 = LOAD(from + 3 * row);
            _MM_TRANSPOSE4_PS(x0, x1, x2, x3);
            STORE(to, x0), STORE(to + COLUMNS, x1), STORE(to + 2 * COLUMNS, x2), STORE(to + 3 * COLUMNS, x3);
        }
    }
}

static long least(long a, long b) { return a < b ? a : b; }

static void multiply(float *c, const float *a, const float *b, long m, long n, long k, int transposeA, int transposeB) {
    const long rowA = transposeA ? 1 : k, stepA = transposeA ? m : 1;
    const int inPlace = !transposeB && k * n <= SMALL;
    for (long p = 0; p < k; p += DEPTH) {
        const long depth = least(DEPTH, k - p);
        for (long j = 0; j < n; j += WIDTH) {
            const long width = least(WIDTH, n - j);
            if (transposeB) packTransposed(b + j * k + p, k, depth, width);
            for (long i = 0; i < m; i += HEIGHT) {
                const long height = least(HEIGHT, m - i);
                for (long q = 0; q < width; q += COLUMNS) {
                    for (long r = 0; r < height; r += ROWS) {
                        const int newA = transposeA && !inPlace && q == 0, newB = !transposeB && !inPlace && i + r == 0;
                        const int oldA = transposeA && !inPlace && q > 0, oldB = !inPlace && !newB;
                        float *left = packedA + r * depth, *right = packedB + q * depth;
                        void (*multiplyTile)(TILE) = newA || newB ? tileAndKeep
                                                     : inPlace    ? tileInPlace
                                                     : transposeA ? tilePacked
                                                                  : tileOfRows;
                        multiplyTile(c + (i + r) * n + j + q, n, oldA ? left : a + (i + r) * rowA + p * stepA,
                                     rowA, oldA ? ROWS : stepA, oldB ? right : b + p * n + j + q,
                                     oldB ? COLUMNS : n, depth, p > 0, newA ? left : 0, newB ? right : 0);
                    }
                }
            }
        }
    }
}

/* `times` times `count` products one after the other; m and k are multiples of 4, n is one of 8. */
void product(float *c, const float *a, const float *b, long m, long n, long k, int transposeA, int transposeB, long count,
             long times) {
    for (; times > 0; times--) {
        for (long i = 0; i < count; i++)
            multiply(c + i * m * n, a + i * m * k, b + i * k * n, m, n, k, transposeA, transposeB);
    }
}

/* How far products are from sums in float64, at some 64 rows of each: the largest error, in units of what the roundings of k
 * products and sums may add up to. */
double distance(const float *c, const float *a, const float *b, long m, long n, long k, int transposeA, int transposeB,
                long count) {
    double worst = 0;
    for (; count > 0; count--, c += m * n, a += m * k, b += k * n) {
        for (long i = 0; i < m; i += m / 64 | 1) {
            for (long j = 0; j < n; j++) {
                double sum = 0, size = 0;
                for (long p = 0; p < k; p++) {
                    double term = (double)a[transposeA ? p * m + i : i * k + p] * b[transposeB ? j * k + p : p * n + j];
                    sum += term, size += fabs(term);
                }
                double error = fabs(c[i * n + j] - sum) / (ldexp(k + 1, -24) * size);
                if (!(error <= worst)) worst = error;
            }
        }
    }
    return worst;
}
