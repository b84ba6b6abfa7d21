// resampling.h - what scaling an image and measuring its room must agree on.
#ifndef CAIRN_RESAMPLING_H
#define CAIRN_RESAMPLING_H

/// Output columns whose weights are found once for all rows.
enum { resampling_block = 64 };

#endif
