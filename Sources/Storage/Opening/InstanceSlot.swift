import EventService

/// A place among the processes that use a folder at the same time, each with a name of its own.
///
/// A process takes the first that is free: so the one that is started next has the name of the one that died.
struct InstanceSlot: Sendable {
    /// The name of who has this place.
    let holder: String

    private let lock: FileLock?

    /// More processes than anybody runs on one folder: whoever finds all places taken is the victim of a mistake.
    private static let limit = 256

    /// Takes the first free place of a folder.
    static func take(in folder: DataFolder) throws(StoreError) -> InstanceSlot {
        for number in 1...limit {
            let lock = try FileLock.take(file: folder.path(of: "instance-\(number).lock"))
            if let lock { return InstanceSlot(holder: "\(number)", lock: lock) }
        }
        throw StoreError(.unavailable, in: folder.path, reason: "\(limit) processes use it already")
    }

    /// The only place of a store in memory.
    static let only = InstanceSlot(holder: "1", lock: nil)

    /// Gives the place back.
    func release() { lock?.release() }
}
