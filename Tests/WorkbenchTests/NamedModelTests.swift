import Networks
import Tensors
import Testing

@testable import Workbench

/// The models that have a name are those of their papers, and what is shown is what is built.
@Suite struct NamedModelTests {
    /// torchvision's numbers for 224x224x3 and 1000 classes; the papers' or, where they say none, those of common
    /// implementations for the others.
    private static let parameters: [(name: String, image: Shape, classes: Int, count: Int)] = [
        ("lenet5", [28, 28, 1], 10, 61_706),
        ("vgg11", [224, 224, 3], 1000, 132_863_336),
        ("vgg16", [224, 224, 3], 1000, 138_357_544),
        ("vgg16", [32, 32, 3], 10, 14_728_266),
        ("resnet18", [224, 224, 3], 1000, 11_689_512),
        ("resnet20", [32, 32, 3], 10, 272_474),
        ("resnet34", [224, 224, 3], 1000, 21_797_672),
        ("mobilenet-v2-small", [224, 224, 3], 1000, 1_968_680),
        ("densenet-small", [32, 32, 3], 10, 176_122),
    ]

    @Test(arguments: parameters)
    func learnsAsManyNumbersAsItsPaperSays(_ name: String, image: Shape, classes: Int, count: Int) throws {
        let model = try #require(NamedModel.named(name))
        let layers = try model.layers(classes: classes, image: image, try TestSession().session)
        #expect(try Network.parameterCount(of: layers, for: image) == count)
    }

    @Test(arguments: allNamedModels.map(\.name))
    func takesImagesOfAnyUsualSize(_ name: String) throws {
        let model = try #require(NamedModel.named(name))
        for image in [[28, 28, 1], [32, 32, 3], [33, 47, 3], [64, 64, 3], [96, 96, 3], [224, 224, 3]]
            as [Shape]
        {
            let layers = try model.layers(classes: 7, image: image, try TestSession().session)
            #expect(try Network.parameterCount(of: layers, for: image) > 0, "\(image)")
        }
    }

    /// The first model is built by its name, the second from what `models` prints.
    @Test(arguments: allNamedModels.map(\.name))
    func whatIsShownIsWhatIsBuilt(_ name: String) throws {
        let test = try TestSession(width: 500)
        let masks = name == smallUNet.name
        #expect(test.run("data shapes size=28 count=20 classes=3 channels=1 masks=\(masks)") == .succeeded)
        #expect(test.run("model \(name)\nshow model") == .succeeded)
        let built = test.shown
        #expect(test.run("models \(name)") == .succeeded)
        #expect(test.run(test.shown + "\nshow model") == .succeeded)
        #expect(test.shown == built)
    }
}
