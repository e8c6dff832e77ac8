using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace Akimbo.Tensors.Serialization.PyTorch;

/// <summary>
/// Compares the keys of a dictionary of a pickle: strings and numbers by value, everything else by identity.
/// The hash is seeded at random, so that no file can choose keys that collide.
/// </summary>
internal sealed class PickleKeyComparer : IEqualityComparer<object>
{
    public static readonly PickleKeyComparer Instance = new();

    public static bool IsKey([NotNullWhen(true)] object? value) =>
        value is string or long or double or bool or BigInteger or object?[] or byte[] or StoredTensor;

    bool IEqualityComparer<object>.Equals(object? x, object? y) => Equals(x, y);

    public int GetHashCode(object value) => HashCode.Combine(value);
}
