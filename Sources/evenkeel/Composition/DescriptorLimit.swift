#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// How many files and sockets this process may have open at once.
enum DescriptorLimit {
    /// More than this is never asked for.
    private static let useful = 65_536

    /// Raises the limit as far as the system lets this process and is of use.
    /// - Returns: The limit from now on.
    static func raise() -> Int {
        var limits = rlimit()
        guard get(&limits) == 0 else { return useful }
        let wanted = min(limits.rlim_max, rlim_t(useful))
        if limits.rlim_cur < wanted {
            limits.rlim_cur = wanted
            // Where that fails the limit is what it was, which is read again.
            _ = set(&limits)
            guard get(&limits) == 0 else { return useful }
        }
        return Int(min(limits.rlim_cur, rlim_t(useful)))
    }

    #if canImport(Glibc)
        private static func get(_ limits: inout rlimit) -> Int32 {
            getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limits)
        }
        private static func set(_ limits: inout rlimit) -> Int32 {
            setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limits)
        }
    #else
        private static func get(_ limits: inout rlimit) -> Int32 { getrlimit(RLIMIT_NOFILE, &limits) }
        private static func set(_ limits: inout rlimit) -> Int32 { setrlimit(RLIMIT_NOFILE, &limits) }
    #endif
}
