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
        "mistake", .integer(1...100_000_000), "instead: an image as `show mistakes` counts them, 1 the worst",
        isOptional: true),
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
        if let mistake = call.optionalInteger("mistake") {
            for other in ["image", "label"] where call.has(other) { throw LookRefusal.mistakeOrImage(other) }
            let worst = try mistakes(of: name, most: mistake).worst
            guard worst.count >= mistake else {
                throw LookRefusal.noMistake(mistake, found: worst.count, set: name)
            }
            return ChosenImage(set: set, setName: name, index: worst[mistake - 1].image)
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

    /// - Throws: `CommandInterruption` if Ctrl-C stopped it.
    func mistakes(of name: String, most: Int) throws -> Mistakes {
        let trainer = try requireTrainer()
        let set = try trainer.dataset.filledSet(named: name)
        guard let found = try Mistakes(of: trainer, in: set, most: most, shouldStop: shouldStop) else {
            throw CommandInterruption()
        }
        return found
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
    fileprivate func filledSet(named name: String) throws(TrainingError) -> ImageSet {
        let set = images(named: name)
        guard !set.isEmpty else { throw .emptySet(name) }
        return set
    }
}
