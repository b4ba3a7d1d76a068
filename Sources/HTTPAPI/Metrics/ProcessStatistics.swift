import Foundation

/// What the operating system knows about this process.
struct ProcessStatistics: Equatable {
    /// When it started, in seconds since 1970.
    var startTime: Double
    /// Processor time in user and system mode, in seconds.
    var processorTime: Double
    /// Memory that is in RAM, in bytes.
    var residentMemory: UInt64
    /// Address space, in bytes.
    var virtualMemory: UInt64
    /// File descriptors that are open.
    var openDescriptors: Int
    /// How many may be open; `nil` where there is no limit.
    var maximumDescriptors: UInt64?

    /// Units that the kernel counts in.
    struct Units {
        /// Clock ticks a second.
        var ticks = Double(sysconf(Int32(_SC_CLK_TCK)))
        /// Bytes a page.
        var page = UInt64(sysconf(Int32(_SC_PAGESIZE)))
    }
}

extension ProcessStatistics {
    /// Reads what procfs says (proc(5)); `nil` where there is none, as on macOS.
    static func current(procfs: String = "/proc") -> ProcessStatistics? {
        guard let process = try? String(contentsOfFile: "\(procfs)/self/stat", encoding: .utf8),
            let system,
            let descriptors = try? FileManager.default.contentsOfDirectory(atPath: "\(procfs)/self/fd")
        else { return nil }
        // One of them is the directory itself, open while it is read.
        return ProcessStatistics(
            process: process,
            system: system,
            openDescriptors: descriptors.count - 1,
            maximumDescriptors: descriptorLimit,
            units: Units()
        )
    }

    /// Read once: the kernel computes the time of the boot anew whenever it is asked, and it moves as the clock is set right,
    /// which would look like a restart.
    private static let system = try? String(contentsOfFile: "/proc/stat", encoding: .utf8)

    /// Reads the texts of `/proc/self/stat` and `/proc/stat`; `nil` if they aren't what proc(5) says.
    init?(process: String, system: String, openDescriptors: Int, maximumDescriptors: UInt64?, units: Units) {
        // The command in parentheses may have anything in it; the third field comes after the last of them.
        guard let end = process.lastIndex(of: ")"),
            let boot = system.split(separator: "\n").first(where: { $0.hasPrefix("btime ") }),
            let bootTime = Double(boot.dropFirst("btime ".count))
        else { return nil }
        let fields = process[end...].split(separator: " ").dropFirst().map { UInt64($0) }
        func field(_ number: Int) -> UInt64? { fields.count > number - 3 ? fields[number - 3] : nil }
        guard let user = field(14), let kernel = field(15), let start = field(22), let virtual = field(23),
            let resident = field(24)
        else { return nil }
        self.startTime = bootTime + Double(start) / units.ticks
        self.processorTime = Double(user + kernel) / units.ticks
        self.residentMemory = resident * units.page
        self.virtualMemory = virtual
        self.openDescriptors = openDescriptors
        self.maximumDescriptors = maximumDescriptors
    }

    private static var descriptorLimit: UInt64? {
        var limit = rlimit()
        #if canImport(Glibc)
            let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        #else
            let resource = RLIMIT_NOFILE
        #endif
        guard getrlimit(resource, &limit) == 0, limit.rlim_cur != .max else { return nil }
        return UInt64(limit.rlim_cur)
    }
}
