import NIOCore

/// A body with what is known of it, once for all who get it.
struct Representation: Sendable {
    let body: ByteBuffer
    let entityTag: EntityTag

    /// When its fetch began, on the service's clock: what it says may be as old.
    let asOf: Duration

    /// What keeping it under a key costs, in bytes.
    func cost(under key: ReadKey) -> Int {
        body.storageCapacity + key.size + Self.overhead
    }

    /// What keeping any answer costs beside its body and its identifier, in bytes.
    ///
    /// Its places in the cache's tables, of which up to half may be empty, and what the body and the tag take by themselves.
    /// Measured on 64-bit Linux and rounded up.
    static let overhead = 640
}

extension ByteBuffer {
    /// The same bytes, in a storage of at most about twice their number.
    ///
    /// What a socket read is a slice of a larger storage, all of which lives as long as the slice does.
    func compacted() -> ByteBuffer {
        storageCapacity > max(64, 2 * readableBytes) ? ByteBuffer(buffer: self) : self
    }
}
