import CKernels
import Tensors

extension OutputReading {
    /// The classes' probabilities, `[rows, classes]`, from the outputs of so many rows: one output stands for two
    /// classes. Nil if the outputs say nothing of probabilities.
    package func probabilities(_ output: Tensor, rows: Int) -> Tensor? {
        guard self != .scores else { return nil }
        let outputs = output.count / max(rows, 1)
        var result = Tensor(zeros: [rows, max(outputs, 2)])
        result.withUnsafeMutableBufferPointer { result in
            output.withUnsafeBufferPointer { output in
                guard let output = output.baseAddress, let result = result.baseAddress else { return }
                cairn_probabilities(rows, outputs, output, self == .sigmoid, result)
            }
        }
        return result
    }
}

extension Tensor {
    /// The class that each of so many rows of outputs is taken for: that of the largest output, or of one output the
    /// second class if it is above 0.
    package func answers(rows: Int) -> [Int32] {
        let outputs = count / max(rows, 1)
        return outputs == 1 ? scalars.map { $0 > 0 ? 1 : 0 } : largestOfRows(of: outputs)
    }
}
