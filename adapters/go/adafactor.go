// Appendix F: optimizers. Each sees the whole gradient of one tensor, and no state is masked.
package main

import (
	"math"
	"slices"
)

type Optimizer interface {
	Size() int
	Update(g, theta Vector) Vector
}

type Sgd struct {
	shape        []int
	learningRate float32
}

func (o *Sgd) Size() int { return product(o.shape) }

func (o *Sgd) Update(g, theta Vector) Vector {
	u := make(Vector, len(g))
	for i := range g {
		u[i] = -o.learningRate * g[i]
	}
	return u
}

// Shazeer and Stern 2018, with the semantics of t5x (amb-12); one tensor. nil is none.
type AdaFactor struct {
	Shape                                    []int
	LearningRate, DecayRate                  float64
	Epsilon1, Epsilon2                       float64
	ClippingThreshold, Momentum, WeightDecay *float64
	MinDimSizeToFactor                       int
	MultiplyByParameterScale                 bool

	t                   int
	v, vRow, vColumn, m Vector
}

func (o *AdaFactor) Size() int { return product(o.Shape) }

func (o *AdaFactor) isFactored() bool {
	dimensions := slices.Sorted(slices.Values(o.Shape))
	return len(dimensions) >= 2 && dimensions[len(dimensions)-2] >= o.MinDimSizeToFactor
}

func (o *AdaFactor) Update(g, theta Vector) Vector {
	o.t++
	beta2 := 1 - math.Pow(float64(o.t), -o.DecayRate) // 1 - t^-0.8: 0 at the first step
	squares := make(Vector, len(g))
	for i := range g {
		squares[i] = g[i]*g[i] + float32(o.Epsilon1)
	}
	y := o.precondition(g, squares, beta2)
	excess, scale := 1.0, 1.0
	if o.ClippingThreshold != nil {
		excess = math.Max(1, rms(y) / *o.ClippingThreshold) // y / max(1, RMS(y) / d)
	}
	if o.MultiplyByParameterScale {
		scale = math.Max(o.Epsilon2, rms(theta))
	}
	for i := range y {
		y[i] = float32(o.LearningRate * scale * (float64(y[i]) / excess)) // lr max(epsilon2, RMS(theta))
	}
	if o.Momentum != nil {
		y = average(&o.m, y, *o.Momentum) // m = beta1 m + (1 - beta1) y
	}
	u := make(Vector, len(y))
	for i := range y {
		u[i] = -y[i]
		if o.WeightDecay != nil {
			u[i] -= float32(*o.WeightDecay) * theta[i] // not times lr
		}
	}
	return u
}

func (o *AdaFactor) precondition(g, squares Vector, beta2 float64) Vector {
	y := make(Vector, len(g))
	if !o.isFactored() {
		v := average(&o.v, squares, beta2) // v = beta2 v + (1 - beta2)(g² + epsilon1)
		for i := range g {
			y[i] = g[i] / float32(math.Sqrt(float64(v[i]))) // y = g / √v
		}
		return y
	}
	// v ≈ vRow vColumnᵀ / mean(vRow), for each of the matrices that the last two dimensions span
	rows, columns := o.Shape[len(o.Shape)-2], o.Shape[len(o.Shape)-1]
	rowMeans, columnMeans := make(Vector, len(g)/columns), make(Vector, len(g)/rows)
	for i := range rowMeans {
		rowMeans[i] = mean(squares[i*columns:], columns, 1)
	}
	for j := range columnMeans {
		columnMeans[j] = mean(squares[j/columns*rows*columns+j%columns:], rows, columns)
	}
	vRow, vColumn := average(&o.vRow, rowMeans, beta2), average(&o.vColumn, columnMeans, beta2)
	for at := range g {
		i := at / columns // of all rows
		k := i / rows     // of the matrices
		row := vRow[i] / mean(vRow[k*rows:], rows, 1)
		y[at] = g[at] / float32(math.Sqrt(float64(row))) / float32(math.Sqrt(float64(vColumn[k*columns+at%columns])))
	}
	return y
}

// before = beta before + (1 - beta) now; before the first step it is 0.
func average(before *Vector, now Vector, beta float64) Vector {
	if *before == nil {
		*before = make(Vector, len(now))
	}
	for i, x := range now {
		(*before)[i] = float32(beta)*(*before)[i] + float32(1-beta)*x
	}
	return *before
}

func mean(x Vector, count, stride int) float32 {
	sum := 0.0
	for i := 0; i < count; i++ {
		sum += float64(x[i*stride])
	}
	return float32(sum / float64(count))
}

func rms(x Vector) float64 {
	sum := 0.0
	for _, value := range x {
		sum += float64(value) * float64(value)
	}
	return math.Sqrt(sum / float64(len(x)))
}

func product(shape []int) int {
	size := 1
	for _, dimension := range shape {
		size *= dimension
	}
	return size
}
