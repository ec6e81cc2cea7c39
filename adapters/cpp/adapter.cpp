// Answers the conformance protocol, version 2, for dst.hpp beside this file. Put your own in its place: say what it is in
// start, call it in the operations below, and run
//
//     c++ -std=c++20 -O2 -o adapter adapter.cpp && npx dst conform -- ./adapter
#include <iostream>
#include "given.hpp"

using namespace given;

// ---- An operation each

const Table<std::function<json(const json &)>> OPERATIONS = {
    {"silos",
     [](const json &in) -> json {
         std::vector<dst::Parameter> parameters;
         for (const auto &p : field(in, "parameters")) {
             const auto &layer = field(p, "layer");
             parameters.push_back({p["name"], p["module"], layer.is_null() ? std::nullopt : std::optional<int>(layer)});
         }
         return {{"silos", dst::silos(one_of(STRATEGIES, field(in, "strategy")), parameters)}};
     }},
    {"distance",
     [](const json &in) -> json {
         const auto kind = one_of(DISTANCES, field(in, "kind"));
         const auto n = field(in, "seed").size();
         return {{"distances", plain(dst::distances(kind, vector(field(in, "candidate"), n), vector(in["seed"], n)))}};
     }},
    {"threshold",
     [](const json &in) -> json {
         const auto &distances = field(in, "distances");
         const double previous = number_or(in, "previous", 1);
         check(distances.size() > 0 && previous >= 0, "distances, and a threshold from 0", previous);
         const auto delta = vector(distances, distances.size(), 0, HUGE_VAL);
         return {{"threshold", plain(dst::threshold(delta, float(previous), choice(in)))}};
     }},
    {"project",
     [](const json &in) -> json {
         const auto seed = vector(field(in, "seed"), field(in, "seed").size());
         auto each = silos(in, seed.size());
         const auto theta = dst::project(vector(field(in, "candidate"), seed.size()), seed, each);
         return {{"parameters", plain(theta)}, {"thresholds", plain(each.taus)}};
     }},
    {"overlap",
     [](const json &in) -> json {
         const auto n = field(in, "seed").size();
         return {{"overlap", dst::overlap(vector(in["seed"], n), vector(field(in, "a"), n), vector(field(in, "b"), n))}};
     }},
    {"optimize",
     [](const json &in) -> json {
         const auto rule = optimizer(field(in, "optimizer"), field(in, "shape"));
         auto theta = vector(field(in, "parameters"), rule->size);
         std::vector<Vector> updates;
         for (const auto &gradient : vectors(field(in, "gradients"), rule->size)) {
             updates.push_back(rule->update(gradient, theta));
             theta = dst::candidate(theta, updates.back());
         }
         return {{"updates", plain(updates)}};
     }},
    {"train",
     [](const json &in) -> json {
         const auto n = field(in, "seed").size();
         std::vector<std::unique_ptr<dst::Optimizer>> rules;
         size_t sum = 0;
         for (const auto &shape : field(in, "shapes")) sum += rules.emplace_back(optimizer(field(in, "optimizer"), shape))->size;
         check(sum == n, "shapes of " + std::to_string(n) + " numbers", sum);
         auto each = silos(in, n);
         return {{"parameters", plain(dst::train(vector(in["seed"], n), vectors(field(in, "gradients"), n), rules, each))}};
     }},
    {"echo",
     [](const json &in) -> json { // the wire alone: what is read is written
         json numbers = json::array();
         for (const auto &x : field(in, "numbers")) numbers.push_back(plain(float(number(x))));
         return {{"numbers", numbers}};
     }},
};

// ---- The conversation: a line in, a line out

json answer(const json &request) {
    if (request["cmd"] == "start")
        return {{"version", std::min(2, request["version"].get<int>())},
                {"implementation", {{"name", "literal C++"}, {"version", "1"}, {"language", "C++"}, {"dtype", "float32"}}},
                {"ops", names(OPERATIONS)}, {"distances", names(DISTANCES)}, {"thresholds", names(METHODS)},
                {"silos", names(STRATEGIES)}, {"optimizers", names(OPTIMIZERS)}, {"counts", "quantile"}};
    const auto operation = OPERATIONS.find(request["op"]);
    if (operation == OPERATIONS.end()) return {{"skip", "there is no operation " + request["op"].dump() + " here"}};
    try {
        return {{"output", operation->second(request["input"])}};
    } catch (const InvalidInput &problem) {
        return {{"error", {{"kind", "invalid-input"}, {"message", problem.what()}}}};
    } catch (const std::exception &problem) { // a defect: said, and survived
        return {{"error", {{"kind", "internal"}, {"message", problem.what()}}}};
    }
}

int main() {
    for (std::string line; std::getline(std::cin, line);) {
        const json request = json::parse(line);
        if (request["cmd"] == "stop") break;
        json reply = answer(request);
        reply["seq"] = request["seq"];
        std::cout << reply.dump() << std::endl;
    }
}
