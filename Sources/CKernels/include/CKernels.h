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
/// both let NaN and infinity spread to neighbours within a tile.
typedef enum cairn_algorithm { cairn_direct, cairn_winograd2, cairn_winograd4 } cairn_algorithm;

/// Where each output pixel reads: input row = y * stride_y - pad_top + ky. Bottom and right padding
/// follow from the output size. One image with its padding has less than 2^31 floats.
typedef struct cairn_convolution {
    int input_height, input_width, input_channels;
    int output_height, output_width, output_channels;
    int kernel_height, kernel_width;
    int stride_y, stride_x;
    int pad_top, pad_left;
    cairn_algorithm algorithm; // one that supports it; 0 is direct
} cairn_convolution;

/// Whether the algorithm can compute this convolution.
bool cairn_convolution_supports(const cairn_convolution *geometry, cairn_algorithm algorithm);

/// Weights are [K_y][K_x][C][F]. They are packed once per step for each direction, then shared by all threads.
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
/// Adds to `dweight` [K_y][K_x][C][F] and, unless null, to `dbias` [F].
void cairn_convolution_backward_weight(const cairn_convolution *geometry, size_t images, const float *x,
                                       const float *dy, float *dweight, float *dbias, float *scratch);

/// Each channel by itself (PyTorch's groups = C): `output_channels` equals `input_channels`, weights are
/// [K_y][K_x][C] and need no packing, and there is no scratch and no choice of algorithm. All else is as above.
void cairn_depthwise_forward(const cairn_convolution *geometry, size_t images, const float *x, const float *weight,
                             const float *bias, bool relu, float *y);
void cairn_depthwise_backward_input(const cairn_convolution *geometry, size_t images, const float *dy,
                                    const float *weight, float *dx);
void cairn_depthwise_backward_weight(const cairn_convolution *geometry, size_t images, const float *x,
                                     const float *dy, float *dweight, float *dbias);

// MARK: Pooling

typedef struct cairn_pooling {
    int input_height, input_width, channels;
    int output_height, output_width;
    int kernel_height, kernel_width;
    int stride_y, stride_x;
    int pad_top, pad_left;
} cairn_pooling;

/// `winner` [N][H'][W'][C] remembers which tap of the window was largest (first of equals; kernel <= 255 taps).
/// May be null in evaluation. NaN wins, as in PyTorch.
void cairn_maxpool_forward(const cairn_pooling *geometry, size_t images, const float *x, float *y, uint8_t *winner);
void cairn_maxpool_backward(const cairn_pooling *geometry, size_t images, const float *dy, const uint8_t *winner,
                            float *dx);
/// Divides by the whole window, padding included (PyTorch's count_include_pad=True).
void cairn_avgpool_forward(const cairn_pooling *geometry, size_t images, const float *x, float *y);
void cairn_avgpool_backward(const cairn_pooling *geometry, size_t images, const float *dy, float *dx);

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

// MARK: Element by element

void cairn_relu_forward(size_t count, const float *x, float *y);                       // y may alias x
void cairn_relu_backward(size_t count, const float *y, const float *dy, float *dx);    // dx may alias dy
/// y = max(a + b, 0); y may alias a or b. Its gradient for both is `cairn_relu_backward`.
void cairn_add_relu(size_t count, const float *a, const float *b, float *y);
/// Zeroes each element with `probability` and scales the others by 1/(1-probability). Which ones depends only on
/// (key, first + index): backward draws the same mask again, and threads may share the work in any way.
/// Gradient: the same call on dy. y may alias x.
void cairn_dropout(size_t count, const float *x, float probability, uint64_t key, uint64_t first, float *y);
/// y = a x + b y
void cairn_scale_add(size_t count, float a, const float *x, float b, float *y);
/// y *= a
void cairn_scale(size_t count, float a, float *y);
/// m = beta1 m + (1-beta1) g; v = beta2 v + (1-beta2) g²; g = (m/correction1) / (sqrt(v/correction2) + epsilon)
void cairn_adam(size_t count, float *gradient, float *m, float *v, float beta1, float beta2, float correction1,
                float correction2, float epsilon);
/// The machine's limit: `rounds` rounds of multiply-adds that touch no memory, as many side by side as the processor
/// takes. Returns how many operations that were, two for each multiply-add; `result` gets something to keep them for.
double cairn_multiply_adds(size_t rounds, float *result);
double cairn_sum_of_squares(size_t count, const float *x);
/// What there is to say about many numbers: all but the last of the finite ones, which NaN and infinity are not.
typedef struct cairn_summary {
    double sum, square_sum;
    float smallest, largest; // +infinity and -infinity without a finite number
    size_t zeros, nonfinite;
} cairn_summary;
void cairn_summarize(size_t count, const float *x, cairn_summary *summary);
/// The index of the first NaN or infinity, or `count`.
size_t cairn_first_nonfinite(size_t count, const float *x);
/// y[c][r] = x[r][c] for one matrix.
void cairn_transpose(size_t rows, size_t columns, const float *x, float *y);
/// y = scale[c] x + shift[c] from bytes.
void cairn_bytes_to_floats(size_t rows, size_t channels, const uint8_t *x, const float *scale, const float *shift,
                           float *y);

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
