// Dynamic Subset Tuning (arXiv 2411.08610) in C++: a literal translation, one function an equation.
//
// A vector is a std::vector<float>; sums are taken in double. theta0 is the seed, theta the parameters, u the optimizer's
// update, theta_hat the candidate, delta the distances and tau the threshold of a silo. Where the paper is silent, the
// ruling that is followed is named (amb-4, ...).
#pragma once
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <numeric>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace dst {

using Vector = std::vector<float>;
using Numbers = const Vector &;

// ---- Section 3.2: silos

enum class Strategy { none, per_module, per_module_and_layer };

struct Parameter {
    std::string name, module;
    std::optional<int> layer;
};

// Parts the parameters into silos: lists of names.
inline std::vector<std::vector<std::string>> silos(Strategy strategy, const std::vector<Parameter> &parameters) {
    std::vector<std::vector<std::string>> silos;
    std::map<std::pair<std::string, std::optional<int>>, size_t> index;
    for (const auto &[name, module, layer] : parameters) {
        const auto key = std::pair{strategy == Strategy::none ? "" : module,
                                   strategy == Strategy::per_module_and_layer ? layer : std::nullopt};
        const auto [place, is_new] = index.emplace(key, silos.size());
        if (is_new) silos.emplace_back();
        silos[place->second].push_back(name);
    }
    return silos;
}

// ---- Equations 3 to 9

// Eq. 3: theta_hat = theta + u.
inline Vector candidate(Numbers theta, Numbers u) {
    Vector theta_hat(theta.size());
    std::transform(theta.begin(), theta.end(), u.begin(), theta_hat.begin(), std::plus<float>());
    return theta_hat;
}

enum class Distance { absolute, relative, inverse_relative };

// Table 1: the distance of one parameter from its seed.
inline float distance(Distance kind, float theta_hat_i, float theta0_i) {
    const float difference = std::abs(theta_hat_i - theta0_i);
    if (kind == Distance::absolute) return difference;
    if (kind == Distance::inverse_relative) return difference * std::abs(theta0_i);
    return difference == 0 ? 0 : difference / std::abs(theta0_i); // 0/0 is 0, x/0 is infinite (amb-4)
}

// Eq. 5: delta_i = d(theta_hat_i, theta0_i).
inline Vector distances(Distance kind, Numbers theta_hat, Numbers theta0) {
    Vector delta(theta0.size());
    for (size_t i = 0; i < delta.size(); i++) delta[i] = distance(kind, theta_hat[i], theta0[i]);
    return delta;
}

// The q-quantile as jnp.quantile has it: interpolated linearly between the order statistics around q (m - 1).
inline float quantile(Vector values, double q) {
    std::sort(values.begin(), values.end());
    const double position = q * double(values.size() - 1);
    const auto j = size_t(std::floor(position));
    const auto weight = float(position - double(j));
    if (weight == 0 || values[j] == values[j + 1]) return values[j]; // also where both are infinite
    return values[j] + weight * (values[j + 1] - values[j]);
}

// Eq. 6: tau = quantile(delta, 1 - epsilon).
inline float quantile_threshold(Numbers delta, double epsilon) { return quantile(delta, 1 - epsilon); }

// Eq. 7: theta_i = theta_hat_i if delta_i > tau, else theta0_i. It solves Eq. 4 under the constraint of Eq. 2.
inline Vector keep_or_reset(Numbers theta_hat, Numbers theta0, Numbers delta, float tau) {
    Vector theta(theta0.size());
    for (size_t i = 0; i < theta.size(); i++) theta[i] = delta[i] > tau ? theta_hat[i] : theta0[i];
    return theta;
}

// Eq. 8: f(tau) = |{ i : delta_i > tau }| / |S|.
inline double fraction(Numbers delta, float tau) {
    const auto above = std::count_if(delta.begin(), delta.end(), [tau](float delta_i) { return delta_i > tau; });
    return double(above) / double(delta.size());
}

// Algorithm 2: bisects [tau_previous / c, tau_previous * c] for f(tau) = epsilon.
inline float iterative_threshold(Numbers delta, double epsilon, float tau_previous, float c, int iterations) {
    if (tau_previous == 0 || std::isinf(tau_previous)) tau_previous = quantile_threshold(delta, epsilon); // amb-7
    float lo = tau_previous / c, hi = tau_previous * c;
    for (int t = 0; t < iterations; t++) {
        const float mid = (lo + hi) / 2;
        (fraction(delta, mid) > epsilon ? lo : hi) = mid;
    }
    return (lo + hi) / 2;
}

// Whether two numbers differ in their bits: -0 differs from 0 (amb-17).
inline bool differs(float x, float y) { return std::bit_cast<std::uint32_t>(x) != std::bit_cast<std::uint32_t>(y); }

// Eq. 9: of the parameters that differ from the seed, the share that both checkpoints have in common (amb-21).
inline float overlap(Numbers theta0, Numbers a, Numbers b) {
    size_t in_a = 0, in_b = 0, in_both = 0;
    for (size_t i = 0; i < theta0.size(); i++) {
        const bool is_in_a = differs(a[i], theta0[i]), is_in_b = differs(b[i], theta0[i]);
        in_a += is_in_a;
        in_b += is_in_b;
        in_both += is_in_a && is_in_b;
    }
    return in_a + in_b == 0 ? 1 : float(2 * in_both) / float(in_a + in_b);
}

// ---- A step: Eq. 5 to 7 silo by silo, and Algorithm 1

enum class Method { quantile, iterative };

// How the threshold of a silo is found.
struct Choice {
    Method method;
    double epsilon;
    float c;
    int iterations;
};

inline float threshold(Numbers delta, float tau_previous, const Choice &choice) {
    if (choice.method == Method::quantile) return quantile_threshold(delta, choice.epsilon);
    return iterative_threshold(delta, choice.epsilon, tau_previous, choice.c, choice.iterations);
}

// Each silo is a consecutive range of the vectors, and has a threshold of the step before.
struct Silos {
    std::vector<size_t> lengths;
    Vector taus;
    Distance distance;
    Choice choice;
};

inline Vector part(Numbers x, size_t from, size_t length) {
    return {x.begin() + std::ptrdiff_t(from), x.begin() + std::ptrdiff_t(from + length)};
}

// Each silo by itself. The new thresholds take the place of those before.
inline Vector project(Numbers theta_hat, Numbers theta0, Silos &silos) {
    Vector theta;
    for (size_t s = 0; s < silos.lengths.size(); s++) {
        const auto from = theta.size(), length = silos.lengths[s];
        const auto candidates = part(theta_hat, from, length), seeds = part(theta0, from, length);
        const auto delta = distances(silos.distance, candidates, seeds);
        silos.taus[s] = threshold(delta, silos.taus[s], silos.choice);
        std::ranges::copy(keep_or_reset(candidates, seeds, delta, silos.taus[s]), std::back_inserter(theta));
    }
    return theta;
}

// Of one tensor. It sees the whole gradient, and its state knows of no projection.
struct Optimizer {
    size_t size;
    explicit Optimizer(size_t size) : size(size) {}
    virtual Vector update(Numbers g, Numbers theta) = 0;
    virtual ~Optimizer() = default;
};

// Algorithm 1 with the gradients given, and one optimizer a tensor. Returns theta after every step.
inline std::vector<Vector> train(Numbers theta0, const std::vector<Vector> &gradients,
                                 const std::vector<std::unique_ptr<Optimizer>> &rules, Silos &silos) {
    Vector theta = theta0;
    std::vector<Vector> trajectory;
    for (const auto &gradient : gradients) {
        Vector u;
        for (const auto &rule : rules) {
            const auto from = u.size();
            std::ranges::copy(rule->update(part(gradient, from, rule->size), part(theta, from, rule->size)), std::back_inserter(u));
        }
        theta = project(candidate(theta, u), theta0, silos);
        trajectory.push_back(theta);
    }
    return trajectory;
}

// ---- Appendix F: optimizers

struct Sgd : Optimizer {
    float learning_rate;
    Sgd(size_t size, double learning_rate) : Optimizer(size), learning_rate(float(learning_rate)) {}

    Vector update(Numbers g, Numbers) override {
        Vector u;
        for (const float g_i : g) u.push_back(-learning_rate * g_i);
        return u;
    }
};

struct Options {
    double learning_rate, decay_rate, epsilon1, epsilon2;
    std::optional<double> clipping_threshold, momentum, weight_decay;
    double min_dim_size_to_factor;
    bool multiply_by_parameter_scale;
};

template <class Range> float mean(const Range &x) {
    return float(std::accumulate(x.begin(), x.end(), 0.0) / double(x.size()));
}

inline double rms(Numbers x) { return std::sqrt(std::inner_product(x.begin(), x.end(), x.begin(), 0.0) / double(x.size())); }

// before = beta before + (1 - beta) now; before the first step it is 0.
inline Numbers average(Vector &before, Numbers now, double beta) {
    before.resize(now.size());
    for (size_t i = 0; i < now.size(); i++) before[i] = float(beta) * before[i] + float(1 - beta) * now[i];
    return before;
}

// Shazeer and Stern 2018, with the semantics of t5x (amb-12).
struct AdaFactor : Optimizer {
    std::vector<size_t> shape;
    Options o;
    int t = 0;
    Vector v, v_row, v_column, m;
    AdaFactor(size_t size, std::vector<size_t> shape, Options o) : Optimizer(size), shape(std::move(shape)), o(o) {}

    Vector update(Numbers g, Numbers theta) override {
        const double beta2 = 1 - std::pow(++t, -o.decay_rate); // 1 - t^-0.8: 0 at the first step
        Vector squares;
        for (const float g_i : g) squares.push_back(g_i * g_i + float(o.epsilon1));
        Vector y = is_factored() ? precondition_factored(g, squares, beta2) : precondition(g, squares, beta2);
        const double excess = o.clipping_threshold ? std::max(1.0, rms(y) / *o.clipping_threshold) : 1; // y / max(1, RMS(y) / d)
        const double scale = o.multiply_by_parameter_scale ? std::max(o.epsilon2, rms(theta)) : 1;
        for (float &y_i : y) y_i = float(o.learning_rate * scale * y_i / excess); // lr max(epsilon2, RMS(theta))
        if (o.momentum) y = average(m, y, *o.momentum); // m = beta1 m + (1 - beta1) y
        for (size_t i = 0; i < size; i++) y[i] = -(y[i] + float(o.weight_decay.value_or(0)) * theta[i]); // the decay is not times lr
        return y;
    }

    bool is_factored() const {
        auto sorted = shape;
        std::ranges::sort(sorted, std::greater());
        return sorted.size() >= 2 && double(sorted[1]) >= o.min_dim_size_to_factor;
    }

    Vector precondition(Numbers g, Numbers squares, double beta2) {
        average(v, squares, beta2); // v = beta2 v + (1 - beta2)(g^2 + epsilon1)
        Vector y;
        for (size_t i = 0; i < size; i++) y.push_back(g[i] / std::sqrt(v[i])); // y = g / sqrt(v)
        return y;
    }

    // v is about v_row v_column^T / mean(v_row), for each of the matrices that the last two dimensions span.
    Vector precondition_factored(Numbers g, Numbers squares, double beta2) {
        const auto columns = shape.back(), rows = shape[shape.size() - 2];
        Vector row_means, column_means, means, y;
        for (size_t i = 0; i < size / columns; i++) row_means.push_back(mean(part(squares, i * columns, columns)));
        for (size_t j = 0; j < size / rows; j++) {
            Vector column;
            for (size_t i = 0; i < rows; i++) column.push_back(squares[(j / columns * rows + i) * columns + j % columns]);
            column_means.push_back(mean(column));
        }
        average(v_row, row_means, beta2);
        average(v_column, column_means, beta2);
        for (size_t k = 0; k < size / columns / rows; k++) means.push_back(mean(part(v_row, k * rows, rows)));
        for (size_t at = 0; at < size; at++) {
            const auto i = at / columns, k = i / rows; // the row of all rows, and the matrix
            y.push_back(g[at] / std::sqrt(v_row[i] / means[k]) / std::sqrt(v_column[k * columns + at % columns]));
        }
        return y;
    }
};

} // namespace dst
