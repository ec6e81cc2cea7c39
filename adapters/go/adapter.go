// Answers the conformance protocol, version 2, for dst.go beside this file. Put your own in its place: say what it is in
// start, call it in the operations below, and run
//
//	go build -o adapter . && npx dst conform -- ./adapter
package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"os"
)

var kinds, methods = []string{"absolute", "relative", "inverse-relative"}, []string{"quantile", "iterative"}
var strategies, optimizers = []string{"none", "per-module", "per-module-and-layer"}, []string{"sgd", "adafactor"}

var start = map[string]any{
	"implementation": map[string]string{"name": "literal Go", "version": "1", "language": "Go", "dtype": "float32"},
	"ops":            []string{"silos", "distance", "threshold", "project", "overlap", "optimize", "train", "echo"},
	"distances":      kinds, "thresholds": methods, "silos": strategies, "optimizers": optimizers, "counts": "quantile",
}

// ---- An operation each

type Output = map[string]any

var operations = map[string]func(Given) Output{
	"silos": func(in Given) Output {
		return Output{"silos": silos(oneOf(strategies, in.Strategy), read(in.Parameters, []Parameter{}))}
	},
	"distance": func(in Given) Output {
		return Output{"distances": distances(oneOf(kinds, in.Kind), finite(in.Candidate, len(in.Seed)), finite(in.Seed, len(in.Seed)))}
	},
	"threshold": func(in Given) Output {
		check(len(in.Distances) > 0, "at least one distance", 0)
		tau := vector([]Number{read(in.Previous, Number(1))}, 1, 0, math.Inf(1))[0]
		return Output{"threshold": Number(threshold(vector(in.Distances, len(in.Distances), 0, math.Inf(1)), tau, in.choice()))}
	},
	"project": func(in Given) Output {
		n := len(in.Seed)
		lengths, kind, taus, choice := in.tuning(n)
		theta := project(finite(in.Candidate, n), finite(in.Seed, n), lengths, kind, taus, choice)
		return Output{"parameters": theta, "thresholds": taus}
	},
	"overlap": func(in Given) Output {
		seed := finite(in.Seed, len(in.Seed))
		return Output{"overlap": overlap(seed, finite(in.A, len(seed)), finite(in.B, len(seed)))}
	},
	"optimize": func(in Given) Output {
		rule, updates := in.optimizer(in.Shape), []Vector{}
		theta := finite(read(in.Parameters, []Number{}), rule.Size())
		for _, gradient := range in.Gradients {
			updates = append(updates, rule.Update(finite(gradient, len(theta)), theta))
			theta = candidate(theta, updates[len(updates)-1])
		}
		return Output{"updates": updates}
	},
	"train": func(in Given) Output {
		rules, gradients, sum, n := []Optimizer{}, []Vector{}, 0, len(in.Seed)
		for i, shape := range in.Shapes {
			rules = append(rules, in.optimizer(shape))
			sum += rules[i].Size()
		}
		check(sum == n, fmt.Sprint("shapes of ", n, " numbers"), in.Shapes)
		for _, gradient := range in.Gradients {
			gradients = append(gradients, finite(gradient, n))
		}
		lengths, kind, taus, choice := in.tuning(n)
		return Output{"parameters": train(finite(in.Seed, n), gradients, rules, lengths, kind, taus, choice)}
	},
	"echo": func(in Given) Output { return Output{"numbers": in.Numbers} }, // the wire alone
}

// ---- The conversation: a line in, a line out

type Request struct {
	Seq, Version int
	Cmd, Op      string
	Input        json.RawMessage
}

func answer(request Request) (answer map[string]any) {
	answer = map[string]any{"seq": request.Seq}
	if request.Cmd == "start" {
		maps.Copy(answer, start)
		answer["version"] = min(2, request.Version)
		return answer
	}
	operation, isKnown := operations[request.Op]
	if !isKnown {
		answer["skip"] = "there is no operation " + request.Op + " here"
		return answer
	}
	defer func() {
		switch problem := recover().(type) {
		case nil:
		case InvalidInput:
			answer["error"] = map[string]string{"kind": "invalid-input", "message": string(problem)}
		default: // a defect: said, and survived
			answer["error"] = map[string]string{"kind": "internal", "message": fmt.Sprint(problem)}
		}
	}()
	answer["output"] = operation(read(request.Input, Given{Factor: 2, Iterations: 10}))
	return answer
}

func main() {
	in, out := json.NewDecoder(os.Stdin), json.NewEncoder(os.Stdout)
	for request := (Request{}); in.Decode(&request) == nil && request.Cmd != "stop"; request = (Request{}) {
		if err := out.Encode(answer(request)); err != nil {
			panic(err)
		}
	}
}
