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
