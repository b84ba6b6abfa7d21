// convolution.h - each direction of a convolution by the algorithm it asks for.

static void convolution_pack_forward(const cairn_convolution *g, const float *weight, float *packed) {
    (g->algorithm == cairn_direct ? direct_pack_forward : winograd_pack_forward)(g, weight, packed);
}

static void convolution_pack_backward(const cairn_convolution *g, const float *weight, float *packed) {
    (g->algorithm == cairn_direct ? direct_pack_backward : winograd_pack_backward)(g, weight, packed);
}

static void convolution_forward(const cairn_convolution *g, size_t images, const float *x, const float *packed,
                                const float *bias, bool relu, float *y, float *scratch) {
    (g->algorithm == cairn_direct ? direct_forward : winograd_forward)(g, images, x, packed, bias, relu, y, scratch);
}

static void convolution_backward_input(const cairn_convolution *g, size_t images, const float *dy,
                                       const float *packed, float *dx, float *scratch) {
    (g->algorithm == cairn_direct ? direct_backward_input : winograd_backward_input)(g, images, dy, packed, dx,
                                                                                    scratch);
}

static void convolution_backward_weight(const cairn_convolution *g, size_t images, const float *x, const float *dy,
                                        float *dweight, float *dbias, float *scratch) {
    (g->algorithm == cairn_direct ? direct_backward_weight : winograd_backward_weight)(g, images, x, dy, dweight,
                                                                                      dbias, scratch);
}
