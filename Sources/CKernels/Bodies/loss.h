// loss.h - softmax cross-entropy, LANES classes at a time.
#include <math.h>

/// The first NaN counts as largest, so that it reaches every sum.
INLINE size_t index_of_largest(size_t count, const float *values) {
    size_t largest = 0;
    for (size_t i = 1; i < count; i++)
        if (values[i] > values[largest] || (isnan(values[i]) && !isnan(values[largest]))) largest = i;
    return largest;
}

static double cross_entropy(size_t rows, size_t classes, const float *logits, const int32_t *labels,
                            float gradient_scale, float *dlogits, int64_t *correct) {
    int_vector lane;
    for (int i = 0; i < LANES; i++) lane[i] = i;
    double loss = 0;
    for (size_t r = 0; r < rows; r++, logits += classes) {
        size_t label = (size_t)labels[r], largest = index_of_largest(classes, logits);
        float top = logits[largest], label_logit = logits[label];
        double sum = 0;
        for (size_t c = 0; c < classes; c += LANES) {
            vector powers = exponential(load(logits + c, classes - c) - top);
            for (size_t i = 0; i < smaller(LANES, classes - c); i++) sum += (double)powers[i];
        }
        if (correct && largest == label) *correct += 1;
        if (dlogits) {
            float share = (float)(1 / sum);
            for (size_t c = 0; c < classes; c += LANES) { // in place: each vector is read before it is written
                vector softmax = exponential(load(logits + c, classes - c) - top) * share;
                int_vector is_label = lane == (int32_t)label - (int32_t)c;
                vector target = select(is_label, broadcast(1), (vector){0});
                store(dlogits + c, (softmax - target) * gradient_scale, classes - c);
            }
            dlogits += classes;
        }
        loss += log(sum) - ((double)label_logit - (double)top);
    }
    return loss;
}
