let resnet18 = imageNetResNet("resnet18", blocks: [2, 2, 2, 2])
let resnet34 = imageNetResNet("resnet34", blocks: [3, 4, 6, 3])

let resnet20 = NamedModel(
    name: "resnet20", summary: "20 layers with shortcuts, for small images such as CIFAR-10's",
    paper: "He et al., 2016",
    text: """
        \(stage)

        # The paper pads shortcuts with zeros where the number of filters changes; here they are 1x1 convolutions.
        model resnet20 {
            conv 16 padding=1 bias=false name=conv1
            batchnorm name=bn1
            relu
            stage 1 filters=16 blocks=3
            stage 2 filters=32 blocks=3
            stage 3 filters=64 blocks=3
            globalavgpool
            dense $classes name=fc
        }
        """)

private func imageNetResNet(_ name: String, blocks: [Int]) -> NamedModel {
    NamedModel(
        name: name, summary: "\(blocks.reduce(2) { $0 + 2 * $1 }) layers with shortcuts",
        paper: "He et al., 2016",
        text: """
            \(stage)

            # From 64 pixels on this is torchvision's \(name), weight by weight.
            model \(name) {
                if ($side < 64) {
                    # A small image keeps its size.
                    conv 64 padding=1 bias=false name=conv1
                    batchnorm name=bn1
                    relu
                } else {
                    conv 64 kernel=7 stride=2 padding=3 bias=false name=conv1
                    batchnorm name=bn1
                    relu
                    maxpool 3 stride=2 padding=1
                }
                stage 1 filters=64 blocks=\(blocks[0])
                stage 2 filters=128 blocks=\(blocks[1])
                stage 3 filters=256 blocks=\(blocks[2])
                stage 4 filters=512 blocks=\(blocks[3])
                globalavgpool
                dense $classes name=fc
            }
            """)
}

/// Residual blocks in a row; names are torchvision's.
private let stage = """
    # Blocks that add their input to what two convolutions make of it. Every stage but the first halves the image.
    def stage(number, filters, blocks) {
        for i in (0..($blocks - 1)) {
            let stride = 1
            if ($number > 1 and $i == 0) { let stride = 2 }
            residual name="layer$number.$i" {
                conv $filters stride=$stride padding=1 bias=false name=conv1
                batchnorm name=bn1
                relu
                conv $filters padding=1 bias=false name=conv2
                batchnorm name=bn2
                if ($stride == 2) {
                    # Brings the input to the shape of the output.
                    shortcut name=downsample {
                        conv $filters kernel=1 stride=2 bias=false name=0
                        batchnorm name=1
                    }
                }
            }
            relu
        }
    }
    """
