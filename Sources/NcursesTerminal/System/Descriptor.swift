import CNcurses

/// File descriptors without a wrapper's lifetime: who opens closes.
enum Descriptor {
    /// Writes all bytes, or as many as the descriptor takes.
    static func write(_ bytes: [UInt8], to descriptor: Int32) {
        bytes.withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return }
            cn_guard_write(descriptor, start, buffer.count)
        }
    }

    /// What one read gave.
    enum ReadResult: Equatable {
        case bytes([UInt8])
        case nothing
        case closed
    }

    /// Reads what is there, up to 4,096 bytes.
    static func read(_ descriptor: Int32) -> ReadResult {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 4_096) { buffer in
            let count = cn_read(descriptor, buffer.baseAddress, buffer.count)
            if count > 0 { return .bytes(Array(buffer[..<count])) }
            let isTemporary = count < 0 && (cn_errno() == EINTR || cn_errno() == EAGAIN)
            return isTemporary ? .nothing : .closed
        }
    }

    /// Makes a pipe that never blocks and is closed on exec.
    static func pipe() throws(TerminalError) -> (read: Int32, write: Int32) {
        var ends: [Int32] = [-1, -1]
        guard cn_pipe(&ends) == 0 else { throw .system(call: "pipe", error: cn_errno()) }
        return (ends[0], ends[1])
    }

    /// Closes a descriptor.
    static func close(_ descriptor: Int32) {
        cn_close(descriptor)
    }
}
