let vgg11 = vgg("vgg11", [64, 0, 128, 0, 256, 256, 0, 512, 512, 0, 512, 512, 0])

let vgg16 = vgg(
    "vgg16", [64, 64, 0, 128, 128, 0, 256, 256, 256, 0, 512, 512, 512, 0, 512, 512, 512, 0])

/// `stack` has the filters of each convolution, and 0 for a pooling.
private func vgg(_ name: String, _ stack: [Int]) -> NamedModel {
    NamedModel(
        name: name,
        summary: "\(stack.count { $0 > 0 }) convolutions of 3x3 in a row, then dense layers",
        paper: "Simonyan & Zisserman, 2015",
        text: """
            # From 224 pixels on this is torchvision's \(name); smaller images get the form used on CIFAR-10, with batch
            # norms and one dense layer. Names are PyTorch's, which counts relus and poolings too.
            model \(name) {
                let index = 0
                let rows = $side
                for filters in \(stack) {
                    if ($filters > 0) {
                        conv $filters padding=same name="features.$index"
                        if ($side < 224) {
                            let index = ($index + 1)
                            batchnorm name="features.$index"
                        }
                        relu
                        let index = ($index + 2)
                    } else {
                        # 0 is a pooling, unless one pixel is left.
                        if ($rows > 1) { maxpool 2 }
                        let rows = (floor($rows / 2))
                        let index = ($index + 1)
                    }
                }
                flatten
                if ($side < 224) {
                    dense $classes name=classifier
                } else {
                    dense 4096 name=classifier.0
                    relu
                    dropout 0.5
                    dense 4096 name=classifier.3
                    relu
                    dropout 0.5
                    dense $classes name=classifier.6
                }
            }
            """)
}
