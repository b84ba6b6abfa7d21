// loss.c - losses of one row after the other, in double.
#include "CKernelsReference.h"

#include <math.h>

/// What the gradient kernels do with a slope.
static void put(const cairn_loss_rows *g, size_t index, double slope) {
    if (!g->gradient) return;
    double scaled = slope * (double)g->gradient_scale;
    g->gradient[index] = (float)(g->adds_gradient ? (double)g->gradient[index] + scaled : scaled);
}

double cairn_reference_cross_entropy(const cairn_loss_rows *g, const float *class_weights, float smoothing,
                                     int64_t *correct) {
    size_t classes = g->outputs;
    double loss = 0;
    for (size_t r = 0; r < g->rows; r++) {
        const float *logits = g->output + r * classes;
        size_t label = (size_t)g->labels[r], largest = 0;
        for (size_t c = 1; c < classes; c++)
            if (logits[c] > logits[largest] || (isnan(logits[c]) && !isnan(logits[largest]))) largest = c;
        if (correct && largest == label) *correct += 1;
        double top = (double)logits[largest], sum = 0, all = 0;
        for (size_t c = 0; c < classes; c++) sum += exp((double)logits[c] - top);
        for (size_t pass = 0; pass < 2; pass++) { // the gradient needs the sum of all targets
            for (size_t c = 0; c < classes; c++) {
                double weight = class_weights ? (double)class_weights[c] : 1;
                double target = (double)smoothing / (double)classes + (c == label ? 1 - (double)smoothing : 0);
                target *= weight;
                if (pass == 0) {
                    all += target;
                    if (target > 0) loss += target * (log(sum) - ((double)logits[c] - top));
                } else {
                    put(g, r * classes + c, exp((double)logits[c] - top) / sum * all - target);
                }
            }
        }
    }
    return loss;
}

double cairn_reference_label_weight(size_t rows, const int32_t *labels, const float *class_weights) {
    double sum = 0;
    for (size_t r = 0; r < rows; r++) sum += (double)class_weights[labels[r]];
    return sum;
}

typedef double (*element)(double x, double t, double a, double b);

/// The slope is the difference of the loss over a small step, divided by it.
static double one_hot(const cairn_loss_rows *g, element loss, double a, double b) {
    double sum = 0;
    for (size_t r = 0; r < g->rows; r++) {
        for (size_t c = 0; c < g->outputs; c++) {
            size_t index = r * g->outputs + c;
            double t = g->outputs == 1 ? g->labels[r] : g->labels[r] == (int32_t)c;
            double x = (double)g->output[index], step = 1e-5 * (fabs(x) + 1);
            sum += loss(x, t, a, b) / (double)g->outputs;
            double difference = loss(x + step, t, a, b) - loss(x - step, t, a, b);
            put(g, index, difference / (2 * step) / (double)g->outputs);
        }
    }
    return sum;
}

static double squared(double x, double t, double a, double b) {
    (void)a, (void)b;
    return (x - t) * (x - t);
}

static double absolute(double x, double t, double a, double b) {
    (void)a, (void)b;
    return fabs(x - t);
}

static double huber(double x, double t, double delta, double b) {
    (void)b;
    double d = fabs(x - t);
    return d <= delta ? d * d / 2 : delta * (d - delta / 2);
}

static double binary(double x, double t, double a, double b) {
    (void)a, (void)b;
    return log1p(exp(t > 0 ? -x : x));
}

static double focal(double x, double t, double alpha, double gamma) {
    double p = 1 / (1 + exp(t > 0 ? -x : x));
    return (alpha < 0 ? 1 : t > 0 ? alpha : 1 - alpha) * pow(1 - p, gamma) * -log(p);
}

double cairn_reference_squared_error(const cairn_loss_rows *g) { return one_hot(g, squared, 0, 0); }

double cairn_reference_absolute_error(const cairn_loss_rows *g) { return one_hot(g, absolute, 0, 0); }

double cairn_reference_huber(const cairn_loss_rows *g, float delta) { return one_hot(g, huber, (double)delta, 0); }

double cairn_reference_binary_cross_entropy(const cairn_loss_rows *g) { return one_hot(g, binary, 0, 0); }

double cairn_reference_focal(const cairn_loss_rows *g, float alpha, float gamma) {
    return one_hot(g, focal, (double)alpha, (double)gamma);
}

double cairn_reference_hinge(const cairn_loss_rows *g, float margin, int power) {
    double sum = 0, outputs = (double)g->outputs;
    for (size_t r = 0; r < g->rows; r++) {
        const float *x = g->output + r * g->outputs;
        size_t label = (size_t)g->labels[r];
        for (size_t pass = 0; pass < 2; pass++) { // the label's slope is minus the sum of the others'
            double label_slope = 0;
            for (size_t c = 0; c < g->outputs; c++) {
                double d = fmax(0, (double)margin - (double)x[label] + (double)x[c]);
                if (c == label || d == 0) {
                    if (pass == 1 && c != label) put(g, r * g->outputs + c, 0);
                    continue;
                }
                double slope = power * pow(d, power - 1) / outputs;
                label_slope -= slope;
                if (pass == 0) sum += pow(d, power) / outputs;
                if (pass == 1) put(g, r * g->outputs + c, slope);
            }
            if (pass == 1) put(g, r * g->outputs + label, label_slope);
        }
    }
    return sum;
}

static double softmax(const float *x, size_t classes, size_t c) {
    double sum = 0;
    for (size_t k = 0; k < classes; k++) sum += exp((double)x[k] - (double)x[c]);
    return 1 / sum;
}

/// The dice of class c over all rows, its derivative by the softmax of a row of that class, and of another row.
static double dice_of(const cairn_loss_rows *g, size_t c, double smooth, double *within, double *without,
                      size_t *count) {
    double probability = 0, overlap = 0;
    *count = 0;
    for (size_t r = 0; r < g->rows; r++) {
        double p = softmax(g->output + r * g->outputs, g->outputs, c);
        probability += p;
        if (g->labels[r] == (int32_t)c) overlap += p, *count += 1;
    }
    double size = probability + (double)*count + smooth, dice = (2 * overlap + smooth) / size;
    *without = -dice / size;
    *within = 2 / size + *without;
    return dice;
}

double cairn_reference_dice(const cairn_loss_rows *g, float smooth) {
    size_t classes = g->outputs, present = 0, count;
    double sum = 0, within, without;
    for (size_t c = 0; c < classes; c++) {
        double dice = dice_of(g, c, (double)smooth, &within, &without, &count);
        if (count > 0) sum += dice, present++;
    }
    for (size_t r = 0; g->gradient && r < g->rows; r++) {
        for (size_t k = 0; k < classes; k++) {
            double slope = 0;
            for (size_t c = 0; c < classes; c++) {
                dice_of(g, c, (double)smooth, &within, &without, &count);
                if (count == 0) continue;
                const float *x = g->output + r * classes;
                double by_softmax = g->labels[r] == (int32_t)c ? within : without;
                slope -= by_softmax * softmax(x, classes, c) * ((c == k ? 1 : 0) - softmax(x, classes, k));
            }
            put(g, r * classes + k, slope / (double)present * (double)g->rows);
        }
    }
    return (1 - sum / (double)present) * (double)g->rows;
}
