// elements.h - passes over single elements: plain loops that the compiler makes vectors of.
//
// Where output may be the input itself, element i is read before it is written, so VECTORIZE is safe. What may or
// may not be chosen is read first: a load under a condition is slow where the set has no masked ones.

static void relu_forward(size_t count, const float *x, float *y) {
    VECTORIZE for (size_t i = 0; i < count; i++) y[i] = x[i] < 0 ? 0 : x[i]; // NaN stays NaN
}

static void relu_backward(size_t count, const float *y, const float *dy, float *dx) {
    VECTORIZE for (size_t i = 0; i < count; i++) {
        float gradient = dy[i];
        dx[i] = y[i] <= 0 ? 0 : gradient; // as PyTorch: NaN lets it pass
    }
}

static void add_relu(size_t count, const float *a, const float *b, float *y) {
    VECTORIZE for (size_t i = 0; i < count; i++) y[i] = a[i] + b[i] < 0 ? 0 : a[i] + b[i];
}

static void scale_add(size_t count, float a, const float *x, float b, float *y) {
    VECTORIZE for (size_t i = 0; i < count; i++) y[i] = a * x[i] + b * y[i];
}

static void scale(size_t count, float a, float *y) {
    VECTORIZE for (size_t i = 0; i < count; i++) y[i] *= a;
}

// MARK: Dropout

INLINE uint64_t mix64(uint64_t z) { // the finalizer of SplitMix64 (Steele, Lea & Flood, 2014)
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

/// 32 random bits of the low half of an index: the hash lowbias32 (Wellons, 2018), with half of the key before and
/// half of it between its two rounds, so that two keys do not merely permute each other's numbers.
INLINE uint32_t random_bits(uint64_t key, uint32_t index) {
    uint32_t h = index ^ (uint32_t)key;
    h = (h ^ (h >> 16)) * 0x7feb352du;
    h = (h ^ (h >> 15) ^ (uint32_t)(key >> 32)) * 0x846ca68bu;
    return h ^ (h >> 16);
}

static void dropout(size_t count, const float *x, float probability, uint64_t key, uint64_t first, float *y) {
    if (probability >= 1) {
        memset(y, 0, count * sizeof *y);
        return;
    }
    uint32_t threshold = (uint32_t)((double)probability * 0x1p32);
    float kept = 1 / (1 - probability);
    for (size_t done = 0; done < count;) { // in runs with one high half of the index, and so one key
        uint64_t index = first + done;
        uint64_t run_key = mix64(key + 0x9e3779b97f4a7c15u * ((index >> 32) + 1));
        size_t run = smaller(count - done, (size_t)(0x100000000u - (uint32_t)index));
        const float *from = x + done;
        float *to = y + done;
        VECTORIZE for (size_t i = 0; i < run; i++) {
            float value = from[i] * kept;
            to[i] = random_bits(run_key, (uint32_t)index + (uint32_t)i) < threshold ? 0 : value;
        }
        done += run;
    }
}

static void spatial_dropout(size_t images, size_t pixels, size_t channels, const float *x, float probability,
                            uint64_t key, uint64_t first, float *y) {
    float ones[LANES], factors[LANES];
    for (size_t i = 0; i < LANES; i++) ones[i] = 1;
    for (size_t n = 0; n < images; n++) {
        for (size_t c = 0; c < channels; c += LANES) {
            size_t count = smaller(LANES, channels - c);
            dropout(count, ones, probability, key, first + n * channels + c, factors);
            vector factor = load(factors, count);
            for (size_t pixel = n * pixels; pixel < (n + 1) * pixels; pixel++) {
                size_t at = pixel * channels + c;
                store(y + at, load(x + at, count) * factor, count);
            }
        }
    }
}

// MARK: Whole arrays

static void copy_columns(size_t rows, size_t columns, const float *x, size_t x_stride, float *y, size_t y_stride) {
    for (size_t row = 0; row < rows; row++, x += x_stride, y += y_stride)
        for (size_t c = 0; c < columns; c += LANES) store(y + c, load(x + c, columns - c), columns - c);
}

static double sum_of_squares(size_t count, const float *x) {
    double_vector sum[2] = {{0}, {0}};
    for (size_t i = 0; i < count; i += 2 * LANES) {
        UNROLL for (size_t v = 0; v < 2; v++) {
            size_t at = smaller(i + v * LANES, count);
            double_vector value = __builtin_convertvector(load(x + at, count - at), double_vector);
            sum[v] += value * value;
        }
    }
    double total = 0;
    for (int lane = 0; lane < LANES; lane++) total += sum[0][lane] + sum[1][lane];
    return total;
}

static double squared_distance(size_t count, const float *x, const float *y) {
    double_vector sum[2] = {{0}, {0}};
    for (size_t i = 0; i < count; i += 2 * LANES) {
        UNROLL for (size_t v = 0; v < 2; v++) {
            size_t at = smaller(i + v * LANES, count);
            double_vector value = __builtin_convertvector(load(x + at, count - at), double_vector)
                                  - __builtin_convertvector(load(y + at, count - at), double_vector);
            sum[v] += value * value;
        }
    }
    double total = 0;
    for (int lane = 0; lane < LANES; lane++) total += sum[0][lane] + sum[1][lane];
    return total;
}

static void summarize(size_t count, const float *x, cairn_summary *summary) {
    double_vector sum = {0}, square_sum = {0};
    vector smallest = broadcast(__builtin_inff()), largest = -smallest;
    int_vector zeros = {0}, nonfinite = {0};
    int_vector lane;
    for (int i = 0; i < LANES; i++) lane[i] = i;
    const int_vector all_ones = (int_vector){0} + 0x7f800000; // the exponent of NaN and infinity
    for (size_t i = 0; i < count; i += LANES) {
        vector value = load(x + i, count - i);
        int_vector exists = lane < (int32_t)smaller(count - i, LANES);
        int_vector finite = exists & (((int_vector)value & all_ones) != all_ones);
        // A comparison that holds is -1.
        nonfinite -= exists & ~finite;
        zeros -= exists & (value == 0);
        smallest = select(finite & (value < smallest), value, smallest);
        largest = select(finite & (value > largest), value, largest);
        double_vector wide = __builtin_convertvector(select(finite, value, broadcast(0)), double_vector);
        sum += wide;
        square_sum += wide * wide;
    }
    *summary = (cairn_summary){.smallest = smallest[0], .largest = largest[0]};
    for (int i = 0; i < LANES; i++) {
        summary->sum += sum[i];
        summary->square_sum += square_sum[i];
        if (smallest[i] < summary->smallest) summary->smallest = smallest[i];
        if (largest[i] > summary->largest) summary->largest = largest[i];
        summary->zeros += (size_t)zeros[i];
        summary->nonfinite += (size_t)nonfinite[i];
    }
}

static size_t first_nonfinite(size_t count, const float *x) {
    enum { block = 256 };
    const uint32_t exponent = 0x7f800000u; // all ones in NaN and infinity
    for (size_t i = 0; i < count; i += block) {
        size_t end = smaller(count, i + block);
        uint32_t found = 0;
        for (size_t j = i; j < end; j++) {
            uint32_t bits;
            memcpy(&bits, x + j, sizeof bits);
            found |= (bits & exponent) == exponent;
        }
        for (size_t j = i; found && j < end; j++) {
            uint32_t bits;
            memcpy(&bits, x + j, sizeof bits);
            if ((bits & exponent) == exponent) return j;
        }
    }
    return count;
}
