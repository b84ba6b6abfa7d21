// loss.h - softmax cross-entropy, LANES classes at a time.
#include <math.h>

/// The first NaN counts as largest, so that it reaches every sum.
INLINE size_t index_of_largest(size_t count, const float *values) {
    size_t largest = 0;
    for (size_t i = 1; i < count; i++)
        if (values[i] > values[largest] || (isnan(values[i]) && !isnan(values[largest]))) largest = i;
    return largest;
}

INLINE double sum_cross_entropy(const cairn_loss_rows *g, const float *class_weights, float smoothing,
                                int64_t *correct) {
    size_t classes = g->outputs;
    int_vector lane;
    for (int i = 0; i < LANES; i++) lane[i] = i;
    // What every class counts as if it were the label.
    float even = smoothing / (float)classes, all_even = smoothing;
    if (class_weights && smoothing > 0) {
        all_even = 0;
        for (size_t c = 0; c < classes; c++) all_even += even * class_weights[c];
    }
    const float *logits = g->output;
    float *gradient = g->gradient;
    double loss = 0;
    for (size_t r = 0; r < g->rows; r++, logits += classes) {
        size_t label = (size_t)g->labels[r], largest = index_of_largest(classes, logits);
        float top = logits[largest], label_logit = logits[label];
        float at_label = (1 - smoothing) * (class_weights ? class_weights[label] : 1), all = at_label + all_even;
        double sum = 0;
        for (size_t c = 0; c < classes; c += LANES) {
            vector powers = exponential(load(logits + c, classes - c) - top);
            for (size_t i = 0; i < smaller(LANES, classes - c); i++) sum += (double)powers[i];
        }
        if (correct && largest == label) *correct += 1;
        loss += (double)all * log(sum) - (double)at_label * ((double)label_logit - (double)top);
        if (smoothing > 0) {
            for (size_t c = 0; c < classes; c++) {
                double weight = (double)even * (class_weights ? (double)class_weights[c] : 1);
                loss -= weight * ((double)logits[c] - (double)top);
            }
        }
        if (!gradient) continue;
        float share = (float)((double)all / sum);
        for (size_t c = 0; c < classes; c += LANES) { // in place: each vector is read before it is written
            vector softmax = exponential(load(logits + c, classes - c) - top) * share;
            int_vector is_label = lane == (int32_t)label - (int32_t)c;
            vector target = select(is_label, broadcast(at_label), (vector){0});
            target += class_weights ? load(class_weights + c, classes - c) * even : broadcast(even);
            vector slope = (softmax - target) * g->gradient_scale;
            if (g->adds_gradient) slope += load(gradient + c, classes - c);
            store(gradient + c, slope, classes - c);
        }
        gradient += classes;
    }
    return loss;
}

static double cross_entropy(const cairn_loss_rows *g, const float *class_weights, float smoothing,
                            int64_t *correct) {
    // The usual case has a body of its own, without what it does not need.
    if (!class_weights && smoothing == 0) return sum_cross_entropy(g, NULL, 0, correct);
    return sum_cross_entropy(g, class_weights, smoothing, correct);
}

static double label_weight(size_t rows, const int32_t *labels, const float *class_weights) {
    double sum = 0;
    for (size_t r = 0; r < rows; r++) sum += (double)class_weights[labels[r]];
    return sum;
}
