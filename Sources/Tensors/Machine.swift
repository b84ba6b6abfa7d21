import CKernels
import COpenBLAS
import Glibc

/// What the arithmetic runs on.
package enum Machine {
    /// Processors this process may use.
    package static var processors: Int { max(Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))), 1) }

    /// The kernels' instruction set: "AVX-512", "AVX2" or "baseline".
    package static var instructionSet: String {
        String(cString: cairn_instruction_set_name(cairn_instruction_set_selected()))
    }

    /// The processor whose kernels OpenBLAS has chosen: "SkylakeX".
    package static var openBLASCore: String { String(cString: openblas_get_corename()) }

    /// Measured: the most multiply-adds that this many threads can do, in operations per second.
    package static func measurePeak(threads: Int) -> Double {
        let workers = Workers(threads: threads)
        let rounds = 4_000_000
        var rates: [Double] = []
        for _ in 0..<9 {
            let operations = Buffer<Double>(zeros: threads)
            let time = ContinuousClock().measure {
                workers.forEach(threads) { item, _ in
                    var result: Float = 0
                    operations.pointer[item] = cairn_multiply_adds(rounds, &result)
                }
            }
            rates.append((0..<threads).reduce(0) { $0 + operations.pointer[$1] } / (time / .seconds(1)))
        }
        return rates.max() ?? 0
    }
}
