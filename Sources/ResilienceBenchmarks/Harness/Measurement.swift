/// What one operation costs.
struct Measurement: Sendable {
    /// Nanoseconds of one core for one call, in each round, in ascending order.
    let nanoseconds: [Double]
    /// Allocations of one call; `nil` where they can't be counted.
    let allocations: Double?

    var median: Double { nanoseconds[nanoseconds.count / 2] }
    /// Half the distance between the quartiles, as a share of the median.
    var spread: Double {
        (nanoseconds[nanoseconds.count * 3 / 4] - nanoseconds[nanoseconds.count / 4]) / 2 / median
    }
}
