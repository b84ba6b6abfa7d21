import CommandLanguage

/// What is refused to whoever looks at images and layers.
enum LookErrorCode: String, ErrorCode {
    case noClass = "no-class"
    case noImage = "no-image"
    case noMistake = "no-mistake"
    case mistakeOrImage = "mistake-or-image"
    case labelsOfPixels = "labels-of-pixels"
    case notConvolution = "not-a-convolution"
    case noFilter = "no-filter"
    case noMaps = "no-maps"
    case noHistograms = "no-histograms"

    var explanation: ErrorExplanation {
        switch self {
        case .noClass:
            .init(
                "Classes are called as the data call them, or by their numbers from 0: `show data` lists both.",
                wrong: "show saliency class=oval", right: "show saliency class=circle", setup: trainedSetup)
        case .noImage:
            .init(
                """
                Images are numbered from 0, in the set that `of` names, validation unless given; with `label` they are \
                counted among those of that class.
                """,
                wrong: "show saliency image=1000", right: "show saliency image=3", setup: trainedSetup)
        case .noMistake:
            .init(
                """
                Mistakes are counted from 1, the worst first, and the model makes fewer of them in this set. `show \
                mistakes` lists them; `of=train` or `of=test` looks elsewhere.
                """,
                wrong: "show saliency mistake=1000", right: "show mistakes", setup: trainedSetup)
        case .mistakeOrImage:
            .init(
                "A mistake is an image already: give its number as `show mistakes` counts, or an image's, not both.",
                wrong: "show saliency mistake=1 image=3", right: "show saliency image=3", setup: trainedSetup)
        case .labelsOfPixels:
            .init(
                """
                In segmentation an image has no class, since each of its pixels has one. Choose images by number, or by \
                `mistake`.
                """,
                wrong: "show saliency label=circle", right: "show saliency image=3",
                setup:
                    "data shapes masks=true size=12 count=60 classes=2 channels=1\nmodel m { conv 3 kernel=1 }"
            )
        case .notConvolution:
            .init(
                "Filters are the weights of convolutions; other layers have none to draw. `stats weights` looks at numbers.",
                wrong: "show filters dense1", right: "show filters conv1", setup: smallModelSetup)
        case .noFilter:
            .init(
                "Filters are numbered from 0, and a convolution has as many as `show model` says it gives channels.",
                wrong: "show filters conv1 filter=100", right: "show filters conv1 filter=3",
                setup: smallModelSetup)
        case .noMaps:
            .init(
                """
                Only what has rows and columns can be drawn: convolutions, poolings, and activations between them give \
                maps; after `flatten` or a global pooling there are numbers in a row.
                """,
                wrong: "show activations dense1", right: "show activations conv1", setup: smallModelSetup)
        case .noHistograms:
            .init(
                "Histograms are recorded from when they are watched on, after every so many steps: 20 unless `every` says so.",
                wrong: "show histograms", right: "watch histogram weights every=1\nstep\nshow histograms",
                setup: smallModelSetup)
        }
    }
}

extension LookRefusal {
    var code: any ErrorCode {
        switch self {
        case .unknownClass: LookErrorCode.noClass
        case .noImage: LookErrorCode.noImage
        case .noMistake: LookErrorCode.noMistake
        case .mistakeOrImage: LookErrorCode.mistakeOrImage
        case .labelsOfPixels: LookErrorCode.labelsOfPixels
        case .notConvolution: LookErrorCode.notConvolution
        case .noFilter: LookErrorCode.noFilter
        case .noMaps: LookErrorCode.noMaps
        case .noHistograms: LookErrorCode.noHistograms
        }
    }
}
