// CKernels.h — the arithmetic of Cairn's training step.
//
// Every function is single-threaded and works on a run of images or elements: callers give each thread
// its own run. Buffers are dense 32-bit floats, channels last: N images of H x W pixels of C channels.
// Nothing is allocated: where a kernel needs room, the caller passes `scratch` of the size that the
// matching `..._scratch` function returns (in floats). Pointers need no alignment; 64 bytes is fastest.
// One body per kernel, compiled for several instruction sets, chosen once at run time (see dispatch.c).
// Letters: N images, H height, W width, C input channels, F filters (output channels), K kernel size.
#ifndef CAIRN_KERNELS_H
#define CAIRN_KERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// MARK: Instruction sets

/// The instruction sets this processor can run, best first: "AVX-512", "AVX2", "baseline".
int cairn_instruction_set_count(void);
const char *cairn_instruction_set_name(int index);
/// Makes every later call use the set with that index; at first it is the best one, or what the environment
/// variable CAIRN_INSTRUCTIONS ("avx512", "avx2", "baseline") asks for. Not thread-safe, and packed weights are the
/// packing set's: call it between steps, and pack again.
void cairn_instruction_set_select(int index);
int cairn_instruction_set_selected(void);

// MARK: Convolution

/// How a convolution is computed. Winograd's minimal filtering of 3x3 kernels with stride 1 makes 2x2 or 4x4 outputs
/// with 2.25 or 4 times fewer multiplications. 2x2 rounds no worse than the direct sum, 4x4 about 5 times worse;
/// both let NaN and infinity spread to neighbours within a tile. Depthwise is for kernels of one channel each.
typedef enum cairn_algorithm { cairn_direct, cairn_winograd2, cairn_winograd4, cairn_depthwise } cairn_algorithm;

/// Where each output pixel reads: input row = y * stride_y - pad_top + ky * dilation_y. Bottom and right padding
/// follow from the output size. One image with its padding has less than 2^31 floats. Filters are cut into `groups`
/// as large as one another, and so are the input's channels: a filter reads the channels of its own group.
typedef struct cairn_convolution {
    int input_height, input_width, input_channels;
    int output_height, output_width, output_channels;
    int kernel_height, kernel_width;
    int stride_y, stride_x;
    int dilation_y, dilation_x; // at least 1
    int pad_top, pad_left;
    int groups; // at least 1; divides both numbers of channels
    cairn_algorithm algorithm; // one that supports it; 0 is direct
} cairn_convolution;

/// Whether the algorithm can compute this convolution.
bool cairn_convolution_supports(const cairn_convolution *geometry, cairn_algorithm algorithm);

/// Weights are [K_y][K_x][C / groups][F]. They are packed once per step for each direction, then shared by all threads.
size_t cairn_convolution_packed_size(const cairn_convolution *geometry);
void cairn_convolution_pack_forward(const cairn_convolution *geometry, const float *weight, float *packed);
void cairn_convolution_pack_backward(const cairn_convolution *geometry, const float *weight, float *packed);
size_t cairn_convolution_scratch(const cairn_convolution *geometry);

/// y = x * w + bias, then max(y, 0) if `relu`. `bias` may be null.
void cairn_convolution_forward(const cairn_convolution *geometry, size_t images, const float *x,
                               const float *packed, const float *bias, bool relu, float *y, float *scratch);
/// dx = the input gradient (overwrites).
void cairn_convolution_backward_input(const cairn_convolution *geometry, size_t images, const float *dy,
                                      const float *packed, float *dx, float *scratch);
/// Adds to `dweight` [K_y][K_x][C / groups][F] and, unless null, to `dbias` [F].
void cairn_convolution_backward_weight(const cairn_convolution *geometry, size_t images, const float *x,
                                       const float *dy, float *dweight, float *dbias, float *scratch);

// MARK: Pooling

typedef struct cairn_pooling {
    int input_height, input_width, channels;
    int output_height, output_width;
    int kernel_height, kernel_width;
    int stride_y, stride_x;
    int pad_top, pad_left;
    bool leaves_out_padding; // the average's divisor: PyTorch's count_include_pad=False
} cairn_pooling;

/// `winner` [N][H'][W'][C] remembers which tap of the window was largest (first of equals; kernel <= 255 taps).
/// May be null in evaluation. NaN wins, as in PyTorch.
void cairn_maxpool_forward(const cairn_pooling *geometry, size_t images, const float *x, float *y, uint8_t *winner);
void cairn_maxpool_backward(const cairn_pooling *geometry, size_t images, const float *dy, const uint8_t *winner,
                            float *dx);
/// Divides by the whole window, padding included, or by what of it lies inside the image.
void cairn_avgpool_forward(const cairn_pooling *geometry, size_t images, const float *x, float *y);
void cairn_avgpool_backward(const cairn_pooling *geometry, size_t images, const float *dy, float *dx);

/// The largest of each channel of whole images of `pixels`; `winner` [N][C], the pixel, may be null in evaluation.
void cairn_global_maxpool_forward(size_t images, size_t pixels, size_t channels, const float *x, float *y,
                                  int32_t *winner);
void cairn_global_maxpool_backward(size_t images, size_t pixels, size_t channels, const float *dy,
                                   const int32_t *winner, float *dx);

/// Images of one size made of images of another.
typedef struct cairn_resizing {
    int input_height, input_width, channels;
    int output_height, output_width;
} cairn_resizing;

/// The means of H' x W' windows that cover the image, row y reading rows floor(y H / H') ..< ceil((y + 1) H / H').
void cairn_adaptive_avgpool_forward(const cairn_resizing *geometry, size_t images, const float *x, float *y);
void cairn_adaptive_avgpool_backward(const cairn_resizing *geometry, size_t images, const float *dy, float *dx);

/// Row y is input row floor(y H / H'); columns likewise.
void cairn_nearest_forward(const cairn_resizing *geometry, size_t images, const float *x, float *y);
void cairn_nearest_backward(const cairn_resizing *geometry, size_t images, const float *dy, float *dx);
/// Row y lies at (y + 1/2) H / H' - 1/2, at least 0, between two input rows, and is their mean weighted by how near
/// they are (PyTorch's align_corners=False); columns likewise.
void cairn_bilinear_forward(const cairn_resizing *geometry, size_t images, const float *x, float *y);
void cairn_bilinear_backward(const cairn_resizing *geometry, size_t images, const float *dy, float *dx);

/// ReLU, then the largest of each complete 2x2 window, then dropout with this probability (0 for none), as one layer;
/// with batch norm's affine map before them, if `scale` and `shift` are not null:
/// y [N][H/2][W/2][C] = dropout(max over the window of max(scale[c] x + shift[c], 0)).
typedef struct cairn_rectified_pooling {
    int height, width, channels; // of x
    float dropout;
} cairn_rectified_pooling;

/// `winner` [N][H/2][W/2][C]: the tap 0...3 that passes the gradient, or 4 if none does, the largest being not
/// positive or dropped. May be null in evaluation. Which elements are dropped depends on (key, first + index) as for
/// `cairn_dropout`.
void cairn_rectified_pooling_forward(const cairn_rectified_pooling *geometry, size_t images, const float *x,
                                     const float *scale, const float *shift, uint64_t key, uint64_t first, float *y,
                                     uint8_t *winner);
/// dx = the gradient g of what the ReLU received (overwrites).
void cairn_rectified_pooling_backward(const cairn_rectified_pooling *geometry, size_t images, const float *dy,
                                      const uint8_t *winner, float *dx);
/// For batch norm before: adds Σ g and Σ g (x - mean[c]) of each channel.
void cairn_rectified_pooling_gradient_sums(const cairn_rectified_pooling *geometry, size_t images, const float *x,
                                           const float *dy, const uint8_t *winner, const float *mean, double *sum,
                                           double *product_sum);
/// For batch norm before: dx = a[c] g + b[c] x + d[c]; dx may alias x.
void cairn_rectified_pooling_affine2(const cairn_rectified_pooling *geometry, size_t images, const float *dy,
                                     const uint8_t *winner, const float *x, const float *a, const float *b,
                                     const float *d, float *dx);

// MARK: Per channel (batch norm, biases). `rows` x `channels`, channels last.

/// Adds each channel's sum and sum of squared deviations from `center[c]` to the two arrays.
void cairn_channel_moments(size_t rows, size_t channels, const float *x, const float *center, double *sum,
                           double *square_sum);
/// Adds Σ dy and Σ dy (x - mean[c]) of each channel.
void cairn_channel_gradient_sums(size_t rows, size_t channels, const float *x, const float *dy, const float *mean,
                                 double *sum, double *product_sum);
/// y = scale[c] x + shift[c]; y may alias x.
void cairn_channel_affine(size_t rows, size_t channels, const float *x, const float *scale, const float *shift,
                          float *y);
/// y = max(scale[c] x + shift[c], 0); y may alias x.
void cairn_channel_affine_relu(size_t rows, size_t channels, const float *x, const float *scale, const float *shift,
                               float *y);
/// y = max(scale[c] x + shift[c] + added, 0), the end of a residual block; y may alias x or `added`.
void cairn_channel_affine_add_relu(size_t rows, size_t channels, const float *x, const float *scale,
                                   const float *shift, const float *added, float *y);
/// `cairn_channel_gradient_sums` of the gradient before a ReLU with output y: dy where y > 0, else 0.
void cairn_channel_gradient_sums_relu(size_t rows, size_t channels, const float *x, const float *y, const float *dy,
                                      const float *mean, double *sum, double *product_sum);
/// dx = a[c] dy + b[c] x + d[c]; dx may alias dy.
void cairn_channel_affine2(size_t rows, size_t channels, const float *dy, const float *x, const float *a,
                           const float *b, const float *d, float *dx);
/// The same with the gradient before a ReLU with output y: dy where y > 0, else 0.
void cairn_channel_affine2_relu(size_t rows, size_t channels, const float *dy, const float *y, const float *x,
                                const float *a, const float *b, const float *d, float *dx);
/// x += bias[c], then max(x, 0) if `relu`.
void cairn_channel_add_bias(size_t rows, size_t channels, float *x, const float *bias, bool relu);
/// Adds each channel's sum to `sum` (a bias gradient).
void cairn_channel_sums(size_t rows, size_t channels, const float *x, float *sum);
/// y = x where x > 0, else slope[c] x; y may alias x.
void cairn_prelu_forward(size_t rows, size_t channels, const float *x, const float *slope, float *y);
/// dx may alias dy.
void cairn_prelu_backward(size_t rows, size_t channels, const float *x, const float *dy, const float *slope,
                          float *dx);
/// Adds Σ x dy over each channel's x that are not positive.
void cairn_prelu_slope_gradient(size_t rows, size_t channels, const float *x, const float *dy, float *dslope);

// MARK: Row by row: the channels of a pixel, or the features of an image

/// y = e^x / Σ e^x of each row; y may alias x.
void cairn_softmax_forward(size_t rows, size_t channels, const float *x, float *y);
/// dx = y (dy - Σ y dy); dx may alias dy.
void cairn_softmax_backward(size_t rows, size_t channels, const float *y, const float *dy, float *dx);
/// y = weight[c] (x - mean) / sqrt(variance + epsilon) + bias[c] with the row's mean and variance; y may alias x.
void cairn_layernorm_forward(size_t rows, size_t channels, const float *x, const float *weight, const float *bias,
                             float epsilon, float *y);
/// Adds to `dweight` and `dbias`, and overwrites `dx`, which may alias dy; each may be null.
void cairn_layernorm_backward(size_t rows, size_t channels, const float *x, const float *dy, const float *weight,
                              float epsilon, float *dweight, float *dbias, float *dx);

// MARK: Activations

/// Each function of one number; `a` and `b` are those of `cairn_activation`.
#define CAIRN_ACTIVATIONS(entry)                                                                                    \
    entry(cairn_leaky_relu) /* x, or a x below 0 */                                                                 \
    entry(cairn_elu)        /* b x, or b a (e^x - 1) below 0 */                                                     \
    entry(cairn_gelu)       /* x (1 + erf(x / sqrt 2)) / 2 */                                                       \
    entry(cairn_gelu_tanh)  /* x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2 */                                 \
    entry(cairn_silu)       /* x / (1 + e^-x) */                                                                    \
    entry(cairn_sigmoid)    /* 1 / (1 + e^-x) */                                                                    \
    entry(cairn_tanh)                                                                                               \
    entry(cairn_softplus)   /* ln(1 + e^(a x)) / a, or x where a x > b */                                           \
    entry(cairn_hard_swish) /* x max(0, min(6, x + 3)) / 6 */

#define CAIRN_ENTRY(name) name,
typedef enum cairn_activation_kind { CAIRN_ACTIVATIONS(CAIRN_ENTRY) } cairn_activation_kind;
#undef CAIRN_ENTRY

typedef struct cairn_activation {
    cairn_activation_kind kind;
    float a, b;
} cairn_activation;

/// y may alias x. NaN stays NaN.
void cairn_activation_forward(cairn_activation function, size_t count, const float *x, float *y);
/// dx = dy times the slope at x, where the function gave y; dx may alias dy.
void cairn_activation_backward(cairn_activation function, size_t count, const float *x, const float *y,
                               const float *dy, float *dx);

// MARK: Element by element

void cairn_relu_forward(size_t count, const float *x, float *y);                       // y may alias x
void cairn_relu_backward(size_t count, const float *y, const float *dy, float *dx);    // dx may alias dy
/// y = max(a + b, 0); y may alias a or b. Its gradient for both is `cairn_relu_backward`.
void cairn_add_relu(size_t count, const float *a, const float *b, float *y);
/// Zeroes each element with `probability` and scales the others by 1/(1-probability). Which ones depends only on
/// (key, first + index): backward draws the same mask again, and threads may share the work in any way.
/// Gradient: the same call on dy. y may alias x.
void cairn_dropout(size_t count, const float *x, float probability, uint64_t key, uint64_t first, float *y);
/// The same for whole channels of images: channel c of image n goes or stays as element n * channels + c would.
void cairn_spatial_dropout(size_t images, size_t pixels, size_t channels, const float *x, float probability,
                           uint64_t key, uint64_t first, float *y);
/// y = a x + b y
void cairn_scale_add(size_t count, float a, const float *x, float b, float *y);
/// y *= a
void cairn_scale(size_t count, float a, float *y);
/// The machine's limit: `rounds` rounds of multiply-adds that touch no memory, as many side by side as the processor
/// takes. Returns how many operations that were, two for each multiply-add; `result` gets something to keep them for.
double cairn_multiply_adds(size_t rounds, float *result);
double cairn_sum_of_squares(size_t count, const float *x);
/// The sum of (x - y)^2.
double cairn_squared_distance(size_t count, const float *x, const float *y);
/// What there is to say about many numbers: all but the last of the finite ones, which NaN and infinity are not.
typedef struct cairn_summary {
    double sum, square_sum;
    float smallest, largest; // +infinity and -infinity without a finite number
    size_t zeros, nonfinite;
} cairn_summary;
void cairn_summarize(size_t count, const float *x, cairn_summary *summary);
/// The index of the first NaN or infinity, or `count`.
size_t cairn_first_nonfinite(size_t count, const float *x);
/// y[r][c] = x[r][c] of two matrices whose rows begin `x_stride` and `y_stride` apart.
void cairn_copy_columns(size_t rows, size_t columns, const float *x, size_t x_stride, float *y, size_t y_stride);
/// y[c][r] = x[r][c] for one matrix.
void cairn_transpose(size_t rows, size_t columns, const float *x, float *y);
/// y = scale[c] x + shift[c] from bytes.
void cairn_bytes_to_floats(size_t rows, size_t channels, const uint8_t *x, const float *scale, const float *shift,
                           float *y);

/// The sum, in double precision.
double cairn_sum(size_t count, const float *x);
/// Normal numbers with mean 0 and deviation 1, each a function of (key, index).
void cairn_normal(size_t count, uint64_t key, float *y);

// MARK: Images. One of H x W pixels of C channels; a mask has a class for each pixel.

/// y = x seen through an affine map, bilinear: the output's pixel (row, column) is what lies in x at column
/// map[0] column + map[1] row + map[2] and row map[3] column + map[4] row + map[5]; beyond the image lies fill[c].
/// Unless null, `bounds` are the first and last column and the first and last row that are looked at: what lies
/// beyond them is as it is there.
void cairn_warp(size_t height, size_t width, size_t channels, const float *x, const float *map, const float *bounds,
                const float *fill, float *y);
/// The same for a mask: the nearest pixel, and class 0 beyond the image.
void cairn_warp_mask(size_t height, size_t width, const uint8_t *x, const float *map, uint8_t *y);

/// y = x weighted by an odd number of taps downwards and across; beyond an edge lies its mirror image (PyTorch's
/// padding_mode="reflect"). Scratch: (W + taps) C.
void cairn_blur(size_t height, size_t width, size_t channels, size_t taps, const float *kernel, const float *x,
                float *y, float *scratch);

// MARK: Colours in 0...1: red, green and blue side by side. Numbers as in torchvision.

/// x = share x + (1 - share) other, kept within 0...1; any number of channels.
void cairn_blend(size_t count, float share, float other, float *x);
/// The sum of grey = 0.2989 red + 0.587 green + 0.114 blue.
double cairn_color_grey_sum(size_t pixels, const float *x);
/// Each pixel blended with its own grey as by `cairn_blend`.
void cairn_color_saturate(size_t pixels, float share, float *x);
/// Turns each hue by that part of the circle, -½...½; saturation and value stay.
void cairn_color_turn_hue(size_t pixels, float turn, float *x);

// MARK: Images of bytes

/// A part of an image of `input_width` pixels a row, scaled to another size: of that part `rows` x `columns`, from
/// `first_row` and `first_column` on, which need not be whole pixels. Lines of the output lie `output_line` bytes apart.
typedef struct cairn_resampling {
    int input_width, channels;
    int top, left, height, width;
    double first_row, first_column, rows, columns;
    int output_height, output_width, output_line;
} cairn_resampling;

/// Most input pixels along one axis that an output pixel is made of.
size_t cairn_resampling_taps(double input_size, int output_size);
size_t cairn_resampling_scratch(const cairn_resampling *geometry);
/// Bilinear, with the triangle as wide as an output pixel when it scales down (Pillow's BILINEAR), rounded once.
void cairn_resample(const cairn_resampling *geometry, const uint8_t *x, uint8_t *y, float *scratch);

// MARK: Updates of parameters

/// m = beta1 m + (1-beta1) g; v = beta2 v + (1-beta2) g²; g = (m/correction1) / (sqrt(v/correction2) + epsilon)
void cairn_adam(size_t count, float *gradient, float *m, float *v, float beta1, float beta2, float correction1,
                float correction2, float epsilon);
/// y = a x² + b y
void cairn_square_add(size_t count, float a, const float *x, float b, float *y);
/// y = scale y / (sqrt(v/correction) + epsilon)
void cairn_divide_by_root(size_t count, float scale, const float *v, float correction, float epsilon, float *y);
/// y = y / (sqrt(max(v - m², 0)) + epsilon)
void cairn_divide_by_deviation(size_t count, const float *v, const float *m, float epsilon, float *y);
/// u = max(decay u, |g| + epsilon); g = scale m / u
void cairn_divide_by_maximum(size_t count, float scale, const float *m, float decay, float epsilon, float *u,
                             float *gradient);
/// y = max(x, y)
void cairn_maximum(size_t count, const float *x, float *y);
/// squares = rho squares + (1-rho) g²; g = g sqrt(steps + epsilon) / sqrt(squares + epsilon), and with that g
/// steps = rho steps + (1-rho) g²
void cairn_adadelta(size_t count, float *gradient, float *squares, float *steps, float rho, float epsilon);
/// g = sign(beta1 m + (1-beta1) g), and with the g before m = beta2 m + (1-beta2) g; sign(0) = 0
void cairn_lion(size_t count, float *gradient, float *m, float beta1, float beta2);
/// y = y + a sign(x); sign(0) = 0
void cairn_sign_add(size_t count, float a, const float *x, float *y);
/// y = min(max(y, -limit), limit)
void cairn_limit_magnitudes(size_t count, float limit, float *y);
/// Each column of a matrix that is longer than `limit` is scaled to that length.
void cairn_limit_column_norms(size_t rows, size_t columns, float limit, float *w);

// MARK: Loss

/// What a network gave for some rows (images, or pixels of images), the label of each, and where gradients go.
typedef struct cairn_loss_rows {
    size_t rows, outputs;
    const float *output;    // [rows][outputs]
    const int32_t *labels;  // [rows]: 0...outputs-1, or 0 and 1 where there is one output
    float gradient_scale;   // what the gradient is multiplied by
    float *gradient;        // [rows][outputs], with respect to the output; or null
    bool adds_gradient;     // to what is there, instead of replacing it
} cairn_loss_rows;

/// Softmax cross-entropy on logits. Returns the sum of the rows' losses; unless null, `correct` counts the rows whose
/// largest logit is the label's (first of equals). A row's loss is -sum of q[c] log softmax(c), where
/// q[c] = w[c] ((c == label ? 1 - smoothing : 0) + smoothing / outputs); `class_weights` w may be null: all 1.
double cairn_cross_entropy(const cairn_loss_rows *rows, const float *class_weights, float smoothing,
                           int64_t *correct);

/// The sum of the labels' weights.
double cairn_label_weight(size_t rows, const int32_t *labels, const float *class_weights);

// Losses against one-hot targets t (with one output, t is the label itself), each output x by itself. All return the
// sum of the rows' losses, and a row's loss is the mean over its outputs.

/// (x - t)²
double cairn_squared_error(const cairn_loss_rows *rows);
/// |x - t|
double cairn_absolute_error(const cairn_loss_rows *rows);
/// (x - t)² / 2 where |x - t| <= delta, else delta (|x - t| - delta / 2)
double cairn_huber(const cairn_loss_rows *rows, float delta);
/// -log p, where p = sigmoid(x) if t = 1, else 1 - sigmoid(x)
double cairn_binary_cross_entropy(const cairn_loss_rows *rows);
/// -a (1 - p)^gamma log p, with p as above and a = alpha if t = 1, else 1 - alpha (alpha < 0: a = 1)
double cairn_focal(const cairn_loss_rows *rows, float alpha, float gamma);

/// The sum of the rows' multi-class margin losses: mean over the outputs of max(0, margin - x[label] + x)^power, the
/// label's own left out; power is 1 or 2.
double cairn_hinge(const cairn_loss_rows *rows, float margin, int power);

/// Soft Dice loss: 1 - mean over the classes that have labels of (2 overlap + smooth) / (probability + count + smooth),
/// where probability is a class's sum of softmax over all rows, overlap that over the rows of the class, and count the
/// number of those. `totals` has `cairn_dice_totals_count(classes)` numbers, all 0 at first.
size_t cairn_dice_totals_count(size_t classes);
/// Adds `share` times what the rows have of the three sums.
void cairn_dice_add(const cairn_loss_rows *rows, float share, double *totals);
/// Once all rows are added: returns the loss, and prepares `totals` for the gradient.
double cairn_dice_finish(size_t classes, float smooth, double *totals);
/// Returns the loss times the number of rows; the gradient is that of the loss times all rows.
double cairn_dice(const cairn_loss_rows *rows, const double *totals);

// MARK: Metrics

/// How many rows have their largest output (first of equals) at the label; one output is compared with 0.
int64_t cairn_count_correct(const cairn_loss_rows *rows);
/// Counts rows by label and largest output in `confusion` [classes][classes], and by how many outputs come before the
/// label's in `ranks` [classes]. With one output x there are two classes, of outputs 0 and x.
void cairn_tally(const cairn_loss_rows *rows, int64_t *confusion, int64_t *ranks);
/// y [rows][classes]: softmax, or each output's sigmoid; with one output p, two classes of 1 - p and p.
void cairn_probabilities(size_t rows, size_t outputs, const float *x, bool sigmoid, float *y);
/// Sorts rows by their largest probability into `bins` equal parts of 0...1, and adds to each bin's number of rows, sum
/// of that probability, and number of rows whose label it is: `sums` [bins][3].
void cairn_calibration(size_t rows, size_t classes, const float *probabilities, const int32_t *labels, size_t bins,
                       double *sums);

// MARK: Threads

/// A pool of threads that stay awake for a short while after each piece of work, then sleep.
typedef struct cairn_pool cairn_pool;
/// `threads` includes the caller. Returns null if threads cannot be made.
cairn_pool *cairn_pool_create(int threads);
void cairn_pool_destroy(cairn_pool *pool);
int cairn_pool_threads(const cairn_pool *pool);
/// Calls body(context, item, thread) for every item in 0..<count, on any thread, and waits for all of them.
/// Not re-entrant: body must not call it on the same pool.
void cairn_pool_run(cairn_pool *pool, size_t count, void *context,
                    void (*body)(void *context, size_t item, int thread));

#endif
