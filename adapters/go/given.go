// What the operations read: numbers as the protocol has them, and refusals.
package main

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// The caller's mistake, which is refused and never guessed at.
type InvalidInput string

func check(holds bool, expected string, got any) {
	if !holds {
		panic(InvalidInput(fmt.Sprintf("expected %s, got %v", expected, got)))
	}
}

func oneOf(names []string, name string) string {
	check(slices.Contains(names, name), fmt.Sprint("one of ", names), name)
	return name
}

// A number as the protocol has it: "NaN", "Infinity" and "-Infinity" are strings.
type Number float64

func (x *Number) UnmarshalJSON(text []byte) (err error) {
	value, err := strconv.ParseFloat(strings.Trim(string(text), `"`), 64)
	*x = Number(value)
	return err
}

func (x Number) MarshalJSON() ([]byte, error) {
	if text, isStrange := strange[fmt.Sprint(float64(x))]; isStrange {
		return []byte(text), nil
	}
	return json.Marshal(float32(x)) // the fewest digits that round-trip; −0 is -0
}

var strange = map[string]string{"NaN": `"NaN"`, "+Inf": `"Infinity"`, "-Inf": `"-Infinity"`}

func vector(numbers []Number, length int, least, greatest float64) Vector {
	check(len(numbers) == length, fmt.Sprint(length, " numbers"), len(numbers))
	x := make(Vector, length)
	for i, value := range numbers {
		check(float64(value) >= least && float64(value) <= greatest, "a number in range", value) // never true of NaN
		x[i] = float32(value)
	}
	return x
}

func finite(numbers []Number, length int) Vector {
	return vector(numbers, length, -math.MaxFloat32, math.MaxFloat32)
}

// What an operation is given; one whose type or default depends on the operation is read later.
type Given struct {
	Strategy, Kind, Distance, Method          string
	Parameters, Previous, Optimizer           json.RawMessage
	Seed, Candidate, Distances, A, B, Numbers []Number
	Epsilon, Factor                           Number
	Iterations                                int
	Silos, Shape                              []int
	Shapes                                    [][]int
	Gradients                                 [][]Number
}

func read[T any](text json.RawMessage, value T) T { // over its defaults
	if text != nil {
		err := json.Unmarshal(text, &value)
		check(err == nil, "the fields of the operation", err)
	}
	return value
}

func (in Given) choice() Choice {
	check(in.Epsilon > 0 && in.Epsilon <= 1, "epsilon in (0, 1]", in.Epsilon)
	return Choice{oneOf(methods, in.Method), float64(in.Epsilon), float32(in.Factor), in.Iterations}
}

func (in Given) tuning(n int) (lengths []int, kind string, taus Vector, choice Choice) {
	sum := 0
	for _, length := range in.Silos {
		check(length > 0, "silos of at least 1", length)
		sum += length
	}
	check(sum == n, fmt.Sprint("silos that add up to ", n), sum)
	previous := read(in.Previous, slices.Repeat([]Number{1}, len(in.Silos)))
	return in.Silos, oneOf(kinds, in.Distance), vector(previous, len(in.Silos), 0, math.Inf(1)), in.choice()
}

func (in Given) optimizer(shape []int) Optimizer {
	one := 1.0
	o := read(in.Optimizer, struct {
		Name, Dialect string
		AdaFactor
	}{"", "t5x", AdaFactor{Shape: shape, DecayRate: 0.8, Epsilon1: 1e-30, Epsilon2: 1e-3, ClippingThreshold: &one,
		MinDimSizeToFactor: 128, MultiplyByParameterScale: true}})
	oneOf([]string{"t5x"}, o.Dialect)
	if oneOf(optimizers, o.Name) == "sgd" {
		return &Sgd{shape, float32(o.LearningRate)}
	}
	return &o.AdaFactor
}

func (x Vector) MarshalJSON() ([]byte, error) {
	numbers := make([]Number, len(x))
	for i := range x {
		numbers[i] = Number(x[i])
	}
	return json.Marshal(numbers)
}
