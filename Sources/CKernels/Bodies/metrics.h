// metrics.h - how labels and outputs agree, counted.

/// Which class the outputs speak for; one output x stands for two, 0 and x.
INLINE size_t predicted_class(size_t outputs, const float *x) {
    return outputs > 1 ? index_of_largest(outputs, x) : !(x[0] <= 0);
}

/// Whether output i is the better guess than output k, in the order of `index_of_largest`.
INLINE bool comes_before(const float *x, size_t i, size_t k) {
    if (isnan(x[i]) != isnan(x[k])) return isnan(x[i]);
    return x[i] > x[k] || (i < k && !(x[i] < x[k]));
}

static int64_t count_correct(const cairn_loss_rows *g) {
    int64_t correct = 0;
    for (size_t r = 0; r < g->rows; r++)
        correct += predicted_class(g->outputs, g->output + r * g->outputs) == (size_t)g->labels[r];
    return correct;
}

static void tally(const cairn_loss_rows *g, int64_t *confusion, int64_t *ranks) {
    size_t classes = larger(g->outputs, 2);
    const float *x = g->output;
    for (size_t r = 0; r < g->rows; r++, x += g->outputs) {
        size_t label = (size_t)g->labels[r], prediction = predicted_class(g->outputs, x), before = 0;
        if (g->outputs == 1) {
            before = prediction != label;
        } else {
            for (size_t c = 0; c < classes; c++) before += comes_before(x, c, label);
        }
        confusion[label * classes + prediction]++;
        ranks[before]++;
    }
}

static void probabilities(size_t rows, size_t outputs, const float *x, bool is_sigmoid, float *y) {
    if (outputs == 1) {
        for (size_t r = 0; r < rows; r++) {
            y[2 * r] = (float)sigmoid(-(double)x[r]);
            y[2 * r + 1] = (float)sigmoid((double)x[r]);
        }
    } else if (is_sigmoid) {
        activation_forward((cairn_activation){.kind = cairn_sigmoid}, rows * outputs, x, y);
    } else {
        softmax_forward(rows, outputs, x, y);
    }
}

static void calibration(size_t rows, size_t classes, const float *p, const int32_t *labels, size_t bins,
                        double *sums) {
    for (size_t r = 0; r < rows; r++, p += classes) {
        size_t prediction = index_of_largest(classes, p);
        float confidence = p[prediction];
        if (!(confidence >= 0)) continue; // NaN is in no bin
        double *bin = sums + 3 * smaller((size_t)(confidence * (float)bins), bins - 1);
        bin[0] += 1;
        bin[1] += (double)confidence;
        bin[2] += prediction == (size_t)labels[r];
    }
}
