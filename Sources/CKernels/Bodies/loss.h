// loss.h - softmax cross-entropy, LANES classes at a time.
#include <math.h>

/// e^x for x <= 0, off by at most 1 unit in the last place; 0 below -87, where floats lose their precision.
///
/// x = n ln 2 + r with |r| <= ln 2 / 2, and e^x = 2^n e^r. Adding 1.5 * 2^23 rounds x / ln 2 to n and leaves n in the
/// lowest bits, which are shifted to where a float's exponent is. ln 2 is split so that n times its upper part is
/// exact.
INLINE vector exponential(vector x) {
    const float rounder = 12582912;
    vector shifted = x * 1.44269504f + rounder, n = shifted - rounder;
    vector r = x - n * 0.693359375f + n * 2.12194440e-4f;
    vector series = 0.5f + r * (1.66666655e-1f + r * (4.16657959e-2f + r * (8.33345191e-3f + r * (1.39819995e-3f
                  + r * 1.98756915e-4f))));
    vector power = 1 + (r + r * r * series);
    int_vector two_to_n = ((int_vector)shifted << 23) + 0x3f800000;
    return select(x < -87, (vector){0}, power * (vector)two_to_n);
}

/// The first NaN counts as largest, so that it reaches every sum.
INLINE size_t index_of_largest(size_t count, const float *values) {
    size_t largest = 0;
    for (size_t i = 1; i < count; i++)
        if (values[i] > values[largest] || (isnan(values[i]) && !isnan(values[largest]))) largest = i;
    return largest;
}

static double cross_entropy(const cairn_loss_rows *g, const float *class_weights, float smoothing,
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

static double label_weight(size_t rows, const int32_t *labels, const float *class_weights) {
    double sum = 0;
    for (size_t r = 0; r < rows; r++) sum += (double)class_weights[labels[r]];
    return sum;
}
