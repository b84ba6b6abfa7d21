// onehot.h - losses that compare outputs with one-hot targets, or with each other; one element at a time, in double.
#include <math.h>

/// The loss of one output, and its derivative.
typedef struct term {
    double value, slope;
} term;

INLINE void put_slope(const cairn_loss_rows *g, size_t index, double slope) {
    float scaled = (float)(slope * (double)g->gradient_scale);
    g->gradient[index] = g->adds_gradient ? g->gradient[index] + scaled : scaled;
}

/// `of(output, target, a, b)` is inlined.
INLINE double sum_terms(const cairn_loss_rows *g, term (*of)(double, bool, double, double), double a, double b) {
    size_t outputs = g->outputs, index = 0;
    double sum = 0, share = 1 / (double)outputs;
    for (size_t r = 0; r < g->rows; r++) {
        size_t hot = outputs > 1 ? (size_t)g->labels[r] : g->labels[r] == 1 ? 0 : 1;
        for (size_t c = 0; c < outputs; c++, index++) {
            term t = of((double)g->output[index], c == hot, a, b);
            sum += t.value;
            if (g->gradient) put_slope(g, index, t.slope * share);
        }
    }
    return sum * share;
}

INLINE term squared_term(double x, bool target, double a, double b) {
    (void)a, (void)b;
    double d = x - target;
    return (term){d * d, 2 * d};
}

INLINE term huber_term(double x, bool target, double delta, double b) {
    (void)b;
    double d = x - target;
    if (fabs(d) <= delta) return (term){d * d / 2, d};
    return (term){delta * (fabs(d) - delta / 2), d < 0 ? -delta : d > 0 ? delta : d};
}

INLINE term absolute_term(double x, bool target, double a, double b) {
    (void)a, (void)b;
    double d = x - target;
    return (term){fabs(d), d < 0 ? -1 : d > 0 ? 1 : d};
}

/// log(1 + e^-x), which does not overflow.
INLINE double softplus_of_negative(double x) { return (x < 0 ? -x : 0) + log1p(exp(-fabs(x))); }

INLINE double sigmoid(double x) {
    double power = exp(-fabs(x));
    return (x < 0 ? power : 1) / (1 + power);
}

INLINE term binary_term(double x, bool target, double a, double b) {
    (void)a, (void)b;
    return (term){softplus_of_negative(target ? x : -x), sigmoid(x) - target};
}

/// With u = x or -x: p = sigmoid(u), and q = 1 - p has the derivative -p q.
INLINE term focal_term(double x, bool target, double alpha, double gamma) {
    double u = target ? x : -x, p = sigmoid(u), q = sigmoid(-u), minus_log = softplus_of_negative(u);
    double factor = (alpha < 0 ? 1 : target ? alpha : 1 - alpha) * pow(q, gamma);
    double slope = -factor * (gamma * p * minus_log + q);
    return (term){factor * minus_log, target ? slope : -slope};
}

static double squared_error(const cairn_loss_rows *g) { return sum_terms(g, squared_term, 0, 0); }

static double absolute_error(const cairn_loss_rows *g) { return sum_terms(g, absolute_term, 0, 0); }

static double huber(const cairn_loss_rows *g, float delta) { return sum_terms(g, huber_term, (double)delta, 0); }

static double binary_cross_entropy(const cairn_loss_rows *g) { return sum_terms(g, binary_term, 0, 0); }

static double focal(const cairn_loss_rows *g, float alpha, float gamma) {
    return sum_terms(g, focal_term, (double)alpha, (double)gamma);
}

static double hinge(const cairn_loss_rows *g, float margin, int power) {
    size_t outputs = g->outputs, first = 0;
    double sum = 0, share = 1 / (double)outputs;
    for (size_t r = 0; r < g->rows; r++, first += outputs) {
        size_t label = first + (size_t)g->labels[r];
        double needed = (double)margin - (double)g->output[label], label_slope = 0;
        for (size_t i = first; i < first + outputs; i++) {
            if (i == label) continue;
            double d = needed + (double)g->output[i];
            bool is_near = !(d <= 0); // NaN is no success
            sum += is_near ? power == 1 ? d : d * d : 0;
            double slope = is_near ? power == 1 ? share : 2 * d * share : 0;
            label_slope -= slope;
            if (g->gradient) put_slope(g, i, slope);
        }
        if (g->gradient) put_slope(g, label, label_slope);
    }
    return sum * share;
}
