// What the operations read: numbers as the protocol has them, options with their defaults, and refusals.
#pragma once
#include <cfloat>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>
#include "dst.hpp"

namespace given {

using json = nlohmann::json;
using dst::Vector;

// The caller's mistake, which is refused and never guessed at.
struct InvalidInput : std::runtime_error {
    using std::runtime_error::runtime_error;
};

template <class T> void check(bool holds, const std::string &expected, const T &got) {
    std::ostringstream text;
    text << "expected " << expected << ", got " << got;
    if (!holds) throw InvalidInput(text.str());
}

template <class T> using Table = std::map<std::string, T>;
const Table<dst::Distance> DISTANCES = {{"absolute", dst::Distance::absolute}, {"relative", dst::Distance::relative},
                                        {"inverse-relative", dst::Distance::inverse_relative}};
const Table<dst::Method> METHODS = {{"quantile", dst::Method::quantile}, {"iterative", dst::Method::iterative}};
const Table<dst::Strategy> STRATEGIES = {{"none", dst::Strategy::none}, {"per-module", dst::Strategy::per_module},
                                         {"per-module-and-layer", dst::Strategy::per_module_and_layer}};
const Table<bool> OPTIMIZERS = {{"sgd", false}, {"adafactor", true}}, DIALECTS = {{"t5x", true}};

template <class T> json names(const Table<T> &table) {
    json names = json::array();
    for (const auto &[name, _] : table) names.push_back(name);
    return names;
}

template <class T> T one_of(const Table<T> &table, const json &name) {
    const auto row = name.is_string() ? table.find(name) : table.end();
    check(row != table.end(), names(table).dump(), name);
    return row->second;
}

inline const json &field(const json &record, const char *name) {
    static const json absent;
    const auto entry = record.find(name);
    return entry == record.end() ? absent : *entry;
}

inline double number(const json &x) { // "NaN", "Infinity" and "-Infinity" come as strings, which strtod reads
    return x.is_string() ? std::strtod(x.get<std::string>().c_str(), nullptr) : x.get<double>();
}

inline double number_or(const json &record, const char *name, double otherwise) {
    return record.contains(name) ? number(record[name]) : otherwise;
}

inline Vector vector(const json &list, size_t length, double least = -FLT_MAX, double greatest = FLT_MAX) {
    check(list.is_array() && list.size() == length, std::to_string(length) + " numbers", list.size());
    Vector vector;
    for (const auto &entry : list) {
        const double x = number(entry);
        check(x >= least && x <= greatest, "a number in range", x); // never true of NaN
        vector.push_back(float(x));
    }
    return vector;
}

inline std::vector<Vector> vectors(const json &lists, size_t length) {
    std::vector<Vector> all;
    for (const auto &list : lists) all.push_back(vector(list, length));
    return all;
}

inline json plain(float x) { // as JSON has it; −0 is -0.0
    if (std::isfinite(x)) return x;
    return std::isnan(x) ? "NaN" : x > 0 ? "Infinity" : "-Infinity";
}

inline json plain(dst::Numbers x) {
    json list = json::array();
    for (const float x_i : x) list.push_back(plain(x_i));
    return list;
}

inline json plain(const std::vector<Vector> &lists) {
    json all = json::array();
    for (const auto &list : lists) all.push_back(plain(list));
    return all;
}

inline dst::Choice choice(const json &in) {
    const double epsilon = number(field(in, "epsilon"));
    check(epsilon > 0 && epsilon <= 1, "epsilon in (0, 1]", epsilon);
    return {one_of(METHODS, field(in, "method")), epsilon, float(number_or(in, "factor", 2)), int(number_or(in, "iterations", 10))};
}

inline dst::Silos silos(const json &in, size_t n) {
    size_t sum = 0;
    for (const auto &length : field(in, "silos")) {
        check(length.is_number_unsigned() && length > 0, "silos of at least 1", length);
        sum += length.get<size_t>();
    }
    check(sum == n, "silos that add up to " + std::to_string(n), sum);
    const auto lengths = in["silos"].get<std::vector<size_t>>();
    const auto previous = in.contains("previous") ? in["previous"] : json(Vector(lengths.size(), 1));
    return {lengths, vector(previous, lengths.size(), 0, HUGE_VAL), one_of(DISTANCES, field(in, "distance")), choice(in)};
}

inline std::unique_ptr<dst::Optimizer> optimizer(const json &in, const json &shape) {
    const auto dimensions = shape.get<std::vector<size_t>>();
    const auto size = std::accumulate(dimensions.begin(), dimensions.end(), size_t(1), std::multiplies());
    if (in.contains("dialect")) one_of(DIALECTS, in["dialect"]);
    if (!one_of(OPTIMIZERS, field(in, "name"))) return std::make_unique<dst::Sgd>(size, number(field(in, "learningRate")));
    const auto optional = [&](const char *name, std::optional<double> otherwise) {
        if (!in.contains(name)) return otherwise;
        return in[name].is_null() ? std::nullopt : std::optional(number(in[name]));
    };
    return std::make_unique<dst::AdaFactor>(
        size, dimensions,
        dst::Options{number(field(in, "learningRate")), number_or(in, "decayRate", 0.8), number_or(in, "epsilon1", 1e-30),
                     number_or(in, "epsilon2", 1e-3), optional("clippingThreshold", 1), optional("momentum", {}),
                     optional("weightDecay", {}), number_or(in, "minDimSizeToFactor", 128), in.value("multiplyByParameterScale", true)});
}

} // namespace given
