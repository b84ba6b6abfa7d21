import CommandLanguage
import Datasets
import Diagnosis
import Training

/// How a command is told which image it is about.
let imageArguments = [
    Argument(
        "image", .integer(0...100_000_000),
        "its number in the set, or among those of `label`, from 0; 0 unless given",
        isOptional: true),
    Argument(
        "label", .imageClass, "an image of this class: its name or number",
        isOptional: true),
    Argument(
        "mistake", .integer(1...100_000_000),
        "instead of `image`: one as `show mistakes` counts them, 1 the worst", isOptional: true),
    Argument(
        "predicted", .imageClass, "instead of `image`: one that was mistaken for this class", isOptional: true
    ),
    imageSet,
]

/// Which mistakes are meant.
let mistakeArguments = [
    Argument("label", .imageClass, "only on this class: its name or number", isOptional: true),
    Argument("predicted", .imageClass, "only what was taken for this class", isOptional: true),
    imageSet,
]

/// Which set the images are from.
let imageSet = Argument("of", measuredImages.kind, "which images", default: .text("validation"))

/// One image of the session's data.
struct ChosenImage {
    let set: ImageSet
    let setName: String
    let index: Int

    var name: String { "image \(index) of \(setName)" }
}

extension Session {
    /// - Throws: `LookRefusal` if there is no such image, `DatasetError` if one cannot be read.
    func chosenImage(_ call: Call) throws -> ChosenImage {
        let trainer = try requireTrainer()
        let name = call.text("of")
        let set = try trainer.dataset.filledSet(named: name)
        if let argument = ["mistake", "predicted"].first(where: call.has) {
            guard !call.has("image") else { throw LookRefusal.mistakeOrImage(argument) }
            let number = call.optionalInteger("mistake") ?? 1
            let found = try mistakes(call, most: number)
            guard found.worst.count >= number else {
                throw LookRefusal.noMistake(
                    number, found: found.worst.count, summary: try summary(of: found, call),
                    argument: argument)
            }
            return ChosenImage(set: set, setName: name, index: found.worst[number - 1].image)
        }
        let label = try call.classNumber("label", in: trainer.dataset)
        if label != nil, trainer.dataset.isSegmentation { throw LookRefusal.labelsOfPixels }
        let candidates = label.map { label in set.labels.indices.filter { set.labels[$0] == label } }
        let (number, count) = (call.optionalInteger("image") ?? 0, candidates?.count ?? set.count)
        guard number < count else {
            throw LookRefusal.noImage(
                number, count: count, set: name, label: label.map { trainer.dataset.classes[$0] })
        }
        return ChosenImage(set: set, setName: name, index: candidates?[number] ?? number)
    }

    /// Those that the `mistakeArguments` mean.
    ///
    /// - Throws: `LookRefusal` if there is no such class, `CommandInterruption` if Ctrl-C stopped it.
    func mistakes(_ call: Call, most: Int) throws -> Mistakes {
        let trainer = try requireTrainer()
        let dataset = trainer.dataset
        let found = try Mistakes(
            of: trainer, in: dataset.filledSet(named: call.text("of")),
            label: call.classNumber("label", in: dataset),
            prediction: call.classNumber("predicted", in: dataset),
            most: most, shouldStop: shouldStop)
        guard let found else { throw CommandInterruption() }
        return found
    }

    /// `37 of 500 validation images of sandal were taken for sneaker`
    func summary(of mistakes: Mistakes, _ call: Call) throws -> String {
        let dataset = try requireTrainer().dataset
        let label = try call.classNumber("label", in: dataset).map { dataset.classes[$0] }
        let prediction = try call.classNumber("predicted", in: dataset).map { dataset.classes[$0] }
        let images = Figures.count(mistakes.images, "\(call.text("of")) image")
        let count = "\(Figures.grouped(mistakes.count)) of \(images)"
        let isOne = mistakes.count == 1
        if dataset.isSegmentation {
            let what = "\(label.map { " with \($0)" } ?? "") \(isOne ? "has" : "have") a "
            let pixel = prediction == nil ? "wrong pixel" : "pixel"
            return count + what + pixel + (label == nil ? "" : " of it")
                + (prediction.map { " \(label == nil ? "wrongly " : "")taken for \($0)" } ?? "")
        }
        let what = "\(label.map { " of \($0)" } ?? "") \(isOne ? "is" : "are") "
        guard let prediction else { return count + what + "wrong" }
        return count + what + (label == nil ? "wrongly " : "") + "taken for \(prediction)"
    }

    /// The index of the layer that an argument names.
    func layerIndex(_ name: String, argument: String) throws -> Int {
        let layers = try requireTrainer().network.layers
        guard let index = layers.firstIndex(where: { $0.name == name }) else {
            throw Refusal.unknownLayer(name, known: layers.map(\.name), argument: argument)
        }
        return index
    }
}

extension Call {
    /// The class that an argument gives by its name or number; nil if it was left out.
    func classNumber(_ argument: String, in dataset: Dataset) throws(LookRefusal) -> Int? {
        guard has(argument) else { return nil }
        let classes = dataset.classes
        switch value(argument) {
        case .number(let number):
            // A class may well be called `7`.
            if let index = classes.firstIndex(of: number.sixDigits) { return index }
            guard number < Double(classes.count) else {
                throw .unknownClass(number.sixDigits, known: classes, argument: argument)
            }
            return Int(number)
        case .text(let name):
            guard let index = classes.firstIndex(of: name) else {
                throw .unknownClass(name, known: classes, argument: argument)
            }
            return index
        default: return nil
        }
    }
}

extension Dataset {
    /// - Throws: `TrainingError.emptySet`.
    func filledSet(named name: String) throws(TrainingError) -> ImageSet {
        let set = images(named: name)
        guard !set.isEmpty else { throw .emptySet(name) }
        return set
    }
}
