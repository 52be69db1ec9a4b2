// A peer of the benchmark: the decaying histogram of Kubernetes' Vertical Pod Autoscaler, called as its recommender calls
// it for CPU with default flags, asked for the load of a whole group instead of one pod.
//
// Reads one JSON message a line from standard input and answers each with one line on standard output; the messages are
// described in ../messages.ts.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"runtime/debug"
	"time"

	"k8s.io/autoscaler/vertical-pod-autoscaler/pkg/recommender/util"
)

const vpaModule = "k8s.io/autoscaler/vertical-pod-autoscaler"

// The recommender's defaults: --recommendation-margin-fraction, --cpu-histogram-decay-half-life, the buckets of its CPU
// histogram (0.01 to 1000 cores, each 5 % larger) and the weight of a sample of a pod without a request.
const (
	marginFraction = 0.15
	halfLife       = 24 * time.Hour
	largestBucket  = 1000
	smallestBucket = 0.01
	bucketGrowth   = 1.05
	sampleWeight   = 0.1
	epsilon        = 0.001 * sampleWeight
)

type laneRequest struct {
	Lane     string    `json:"lane"`
	Quantile float64   `json:"quantile"`
	From     int       `json:"from"`
	Values   []float64 `json:"values"`
}

type request struct {
	Kind        string        `json:"kind"`
	SlotMinutes int           `json:"slotMinutes"`
	Slots       int           `json:"slots"`
	Lanes       []laneRequest `json:"lanes"`
}

type answer struct {
	Kind    string      `json:"kind"`
	Package string      `json:"package,omitempty"`
	Levels  [][]float64 `json:"levels,omitempty"`
	Fits    int         `json:"fits,omitempty"`
	Seconds float64     `json:"seconds,omitempty"`
	Error   string      `json:"error,omitempty"`
}

// histograms holds what has been aggregated of each lane.
type histograms struct {
	slot    time.Duration
	options util.HistogramOptions
	lanes   map[string]util.Histogram
}

func main() {
	input := bufio.NewReaderSize(os.Stdin, 1<<20)
	output := json.NewEncoder(os.Stdout)
	var kept histograms
	for {
		line, err := input.ReadBytes('\n')
		if err != nil {
			return
		}
		var asked request
		var told answer
		if err := json.Unmarshal(line, &asked); err != nil {
			told = answer{Kind: "failed", Error: err.Error()}
		} else {
			told = kept.answer(asked)
		}
		if err := output.Encode(told); err != nil {
			return
		}
	}
}

func (kept *histograms) answer(asked request) answer {
	switch asked.Kind {
	case "open":
		kept.slot = time.Duration(asked.SlotMinutes) * time.Minute
		options, err := util.NewExponentialHistogramOptions(largestBucket, smallestBucket, bucketGrowth, epsilon)
		if err != nil {
			return answer{Kind: "failed", Error: err.Error()}
		}
		kept.options = options
		kept.lanes = map[string]util.Histogram{}
		return answer{Kind: "opened", Package: "vertical-pod-autoscaler " + version()}
	case "forecast":
		began := time.Now()
		levels := make([][]float64, len(asked.Lanes))
		for i, lane := range asked.Lanes {
			levels[i] = kept.recommend(lane, asked.Slots)
		}
		return answer{
			Kind: "forecasts", Levels: levels, Fits: len(levels), Seconds: time.Since(began).Seconds(),
		}
	default:
		return answer{Kind: "failed", Error: fmt.Sprintf("no message is of kind %q", asked.Kind)}
	}
}

// recommend adds what was seen since to the lane's histogram and gives the recommendation for each of the next slots.
func (kept *histograms) recommend(lane laneRequest, slots int) []float64 {
	histogram, known := kept.lanes[lane.Lane]
	if !known {
		histogram = util.NewDecayingHistogram(kept.options, halfLife)
		kept.lanes[lane.Lane] = histogram
	}
	for i, value := range lane.Values {
		seenAt := time.Unix(0, 0).Add(time.Duration(lane.From+i) * kept.slot)
		histogram.AddSample(value, sampleWeight, seenAt)
	}
	level := histogram.Percentile(lane.Quantile) * (1 + marginFraction)
	levels := make([]float64, slots)
	for i := range levels {
		levels[i] = level
	}
	return levels
}

func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, module := range info.Deps {
		if module.Path == vpaModule {
			return module.Version
		}
	}
	return ""
}
