namespace Akimbo.Augmentation;

/// <summary>Refuses numbers that are out of their range.</summary>
internal static class Ranges
{
    /// <exception cref="ArgumentException">The condition is false.</exception>
    public static void Require<T>(bool condition, string name, T value, string expected)
    {
        if (!condition) throw new ArgumentException(FormattableString.Invariant($"{name} is {value}; it must be {expected}."));
    }

    /// <exception cref="ArgumentException">The value is not within 0 and 1.</exception>
    public static void RequireShare(string name, double value) => Require(value is >= 0 and <= 1, name, value, "0 to 1");
}
