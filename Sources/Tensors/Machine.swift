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
}
