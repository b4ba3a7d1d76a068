import CNcurses

/// A thread that blocks without taking one from Swift's pool.
enum DedicatedThread {
    private static let stackSize = 4 << 20
    private static let signalStackSize = 128 << 10

    /// Carries the body to the thread.
    private final class Body: Sendable {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) {
            self.run = run
        }
    }

    /// Starts a thread that ends with its body.
    ///
    /// - Throws: ``TerminalError/system(call:error:)`` when there can't be one more thread.
    static func start(_ body: @escaping @Sendable () -> Void) throws(TerminalError) {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setstacksize(&attributes, stackSize)
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))

        let context = Unmanaged.passRetained(Body(body))
        let error = cn_start_thread(&attributes, context.toOpaque()) { context in
            guard let context else { return nil }
            cn_name_thread("screen")
            DedicatedThread.withSignalStack(Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run)
            return nil
        }
        guard error == 0 else {
            context.release()
            throw .system(call: "pthread_create", error: error)
        }
    }

    /// Runs a body so that a stack overflow in it can still be handled.
    private static func withSignalStack(_ body: () -> Void) {
        let stack = UnsafeMutableRawPointer.allocate(byteCount: signalStackSize, alignment: 16)
        cn_use_signal_stack(stack, signalStackSize)
        body()
        cn_use_signal_stack(nil, 0)
        stack.deallocate()
    }
}
