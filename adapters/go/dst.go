// Dynamic Subset Tuning (arXiv 2411.08610) in Go: a literal translation, one function an equation.
//
// A vector is a []float32; sums are taken in float64. theta0 is the seed, theta the parameters, u the optimizer's update,
// thetaHat the candidate, delta the distances and tau the threshold of a silo. Where the paper is silent, the ruling that
// is followed is named (amb-4, ...).
package main

import (
	"math"
	"slices"
)

type Vector []float32

// ---- Section 3.2: silos

type Parameter struct {
	Name, Module string
	Layer        *int // nil: outside of the layers
}

// What parameters of one silo have in common.
func keyOf(strategy string, p Parameter) any {
	switch {
	case strategy == "none":
		return "all"
	case strategy == "per-module" || p.Layer == nil:
		return p.Module
	default: // per-module-and-layer
		return [2]any{p.Module, *p.Layer}
	}
}

// Parts the parameters into silos: lists of names.
func silos(strategy string, parameters []Parameter) [][]string {
	lists, index := [][]string{}, map[any]int{}
	for _, p := range parameters {
		key := keyOf(strategy, p)
		if _, isKnown := index[key]; !isKnown {
			index[key] = len(lists)
			lists = append(lists, nil)
		}
		lists[index[key]] = append(lists[index[key]], p.Name)
	}
	return lists
}

// ---- Equations 3 to 9

// Eq. 3: thetaHat = theta + u.
func candidate(theta, u Vector) Vector {
	thetaHat := make(Vector, len(theta))
	for i := range theta {
		thetaHat[i] = theta[i] + u[i]
	}
	return thetaHat
}

// Eq. 5 and Table 1: delta[i] = d(thetaHat[i], theta0[i]).
func distances(kind string, thetaHat, theta0 Vector) Vector {
	delta := make(Vector, len(theta0))
	for i := range delta {
		delta[i] = distance(kind, thetaHat[i], theta0[i])
	}
	return delta
}

func distance(kind string, thetaHat, theta0 float32) float32 {
	difference := abs(thetaHat - theta0)
	switch {
	case kind == "absolute":
		return difference
	case kind == "inverse-relative":
		return difference * abs(theta0)
	case difference == 0:
		return 0 // also 0/0 (amb-4)
	default: // relative
		return difference / abs(theta0) // infinite from a seed of 0 (amb-4)
	}
}

func abs(x float32) float32 { return float32(math.Abs(float64(x))) }

// The q-quantile as jnp.quantile has it: interpolated linearly between the order statistics around q (m - 1).
func quantile(values Vector, q float64) float32 {
	ordered := slices.Sorted(slices.Values(values))
	position := q * float64(len(ordered)-1)
	j := int(math.Floor(position))
	weight := float32(position - float64(j))
	if weight == 0 || ordered[j] == ordered[j+1] {
		return ordered[j] // also where both are infinite: Inf - Inf would be NaN
	}
	return ordered[j] + weight*(ordered[j+1]-ordered[j])
}

// Eq. 6: tau = quantile(delta, 1 - epsilon).
func quantileThreshold(delta Vector, epsilon float64) float32 {
	return quantile(delta, 1-epsilon)
}

// Eq. 7: theta[i] = thetaHat[i] if delta[i] > tau, else theta0[i]. It solves Eq. 4 under the constraint of Eq. 2.
func keepOrReset(theta, thetaHat, theta0, delta Vector, tau float32) {
	for i := range theta {
		theta[i] = theta0[i]
		if delta[i] > tau {
			theta[i] = thetaHat[i]
		}
	}
}

// Eq. 8: f(tau) = |{ i : delta[i] > tau }| / |S|.
func fraction(delta Vector, tau float32) float64 {
	above := count(len(delta), func(i int) bool { return delta[i] > tau })
	return float64(above) / float64(len(delta))
}

// Algorithm 2: bisects [tauPrevious / c, tauPrevious * c] for f(tau) = epsilon.
func iterativeThreshold(delta Vector, epsilon float64, tauPrevious, c float32, iterations int) float32 {
	if tauPrevious == 0 || math.IsInf(float64(tauPrevious), 1) {
		tauPrevious = quantileThreshold(delta, epsilon) // around 0 and infinity is nothing to bisect (amb-7)
	}
	lo, hi := tauPrevious/c, tauPrevious*c
	for t := 0; t < iterations; t++ {
		mid := (lo + hi) / 2
		if fraction(delta, mid) > epsilon {
			lo = mid
		} else {
			hi = mid
		}
	}
	return (lo + hi) / 2
}

// Eq. 9: of the parameters that differ from the seed, the share that both checkpoints have in common (amb-21).
func overlap(theta0, a, b Vector) float32 {
	isInA := func(i int) bool { return differs(a[i], theta0[i]) }
	isInB := func(i int) bool { return differs(b[i], theta0[i]) }
	inA, inB := count(len(theta0), isInA), count(len(theta0), isInB)
	inBoth := count(len(theta0), func(i int) bool { return isInA(i) && isInB(i) })
	if inA+inB == 0 {
		return 1
	}
	return float32(2*inBoth) / float32(inA+inB)
}

// Whether two numbers differ in their bits: -0 differs from 0 (amb-17).
func differs(x, y float32) bool { return math.Float32bits(x) != math.Float32bits(y) }

// How many of n places have it.
func count(n int, has func(i int) bool) (count int) {
	for i := 0; i < n; i++ {
		if has(i) {
			count++
		}
	}
	return count
}

// ---- A step: Eq. 5 to 7 silo by silo, and Algorithm 1

// How the threshold of a silo is found.
type Choice struct {
	method     string
	epsilon    float64
	c          float32
	iterations int
}

func threshold(delta Vector, tauPrevious float32, choice Choice) float32 {
	if choice.method == "quantile" {
		return quantileThreshold(delta, choice.epsilon)
	}
	return iterativeThreshold(delta, choice.epsilon, tauPrevious, choice.c, choice.iterations)
}

// Each silo by itself, a consecutive range of the vectors. The new thresholds take the place of those before.
func project(thetaHat, theta0 Vector, lengths []int, kind string, taus Vector, choice Choice) Vector {
	theta := make(Vector, len(theta0))
	from := 0
	for s, length := range lengths {
		to := from + length
		delta := distances(kind, thetaHat[from:to], theta0[from:to])
		taus[s] = threshold(delta, taus[s], choice)
		keepOrReset(theta[from:to], thetaHat[from:to], theta0[from:to], delta, taus[s])
		from = to
	}
	return theta
}

// Algorithm 1 with the gradients given, and one optimizer a tensor. Returns theta after every step.
func train(theta0 Vector, gradients []Vector, rules []Optimizer, lengths []int, kind string, taus Vector, choice Choice) []Vector {
	theta := theta0
	trajectory := []Vector{}
	for _, gradient := range gradients {
		u := make(Vector, 0, len(theta))
		for _, rule := range rules { // of the whole gradient: no state is masked
			from, to := len(u), len(u)+rule.Size()
			u = append(u, rule.Update(gradient[from:to], theta[from:to])...)
		}
		theta = project(candidate(theta, u), theta0, lengths, kind, taus, choice)
		trajectory = append(trajectory, theta)
	}
	return trajectory
}
