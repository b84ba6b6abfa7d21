import Tensors

extension DataSource {
    /// Images and labels from IDX files, plain or gzipped.
    ///
    /// Without names there are as many classes as the largest training label asks for, called "0", "1", ...
    ///
    /// - Throws: `DatasetError` with the file for anything that does not fit.
    package static func idx(
        name: String, train: FilePair, test: FilePair? = nil, classes: [String]? = nil,
        usualValidation: SplitSize = .fraction(0.1)
    ) throws(DatasetError) -> DataSource {
        if let classes, !(1...256).contains(classes.count) {
            throw DatasetError(
                .setting("classes", found: "\(classes.count) names", allowed: "1 to 256 names"))
        }
        return try DataSource(
            name: name, train: try IDX.load(train), test: try test.map(IDX.load), classes: classes,
            usualValidation: usualValidation)
    }
}
