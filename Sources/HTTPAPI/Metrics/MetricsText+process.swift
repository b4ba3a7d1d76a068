extension MetricsText {
    /// The process, under the names that every Prometheus client uses.
    mutating func add(_ process: ProcessStatistics) {
        let start = metric("process_start_time_seconds", .gauge, "When the process started, in seconds since 1970.")
        sample(start, [:], process.startTime)
        let time = metric("process_cpu_seconds_total", .counter, "Processor time in user and system mode.")
        sample(time, [:], process.processorTime)
        let resident = metric("process_resident_memory_bytes", .gauge, "Memory that is in RAM.")
        sample(resident, [:], process.residentMemory)
        let virtual = metric("process_virtual_memory_bytes", .gauge, "Address space.")
        sample(virtual, [:], process.virtualMemory)
        let open = metric("process_open_fds", .gauge, "File descriptors that are open.")
        sample(open, [:], process.openDescriptors)
        guard let maximum = process.maximumDescriptors else { return }
        let limit = metric("process_max_fds", .gauge, "File descriptors that may be open.")
        sample(limit, [:], maximum)
    }

    /// Which Evenkeel this is.
    mutating func add(version: String) {
        let build = metric("evenkeel_build_info", .gauge, "1, with the version of the program as a label.")
        sample(build, ["version": version], 1)
    }

    /// What the log has lost.
    mutating func add(droppedLogLines lines: UInt64) {
        let dropped = metric(
            "evenkeel_log_lines_dropped_total",
            .counter,
            "Lines that the log lost because they couldn't be written in time."
        )
        sample(dropped, [:], lines)
    }
}
