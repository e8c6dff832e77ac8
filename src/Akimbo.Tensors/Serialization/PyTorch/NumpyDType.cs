using System.Numerics;

namespace Akimbo.Tensors.Serialization.PyTorch;

/// <summary>The type of a NumPy scalar; its byte order arrives later, as the state of the object.</summary>
internal sealed class NumpyDType(string code)
{
    /// <summary>Kind and size, such as <c>f8</c>.</summary>
    public string Code { get; } = code;

    /// <summary>Whether values are stored most significant byte first.</summary>
    public bool IsBigEndian { get; set; }

    /// <summary>The name, as messages and <see cref="PyTorchCheckpoint.Root"/> show it.</summary>
    public override string ToString() => $"numpy.dtype('{Code}')";

    /// <summary>The number that the bytes of a scalar mean, or null where type and bytes are not a number that is read.</summary>
    public object? Number(byte[] bytes) => IsBigEndian && bytes.Length > 1 ? null : (Code, bytes.Length) switch
    {
        ("b1", 1) => bytes[0] != 0,
        ("i1", 1) => (long)(sbyte)bytes[0],
        ("i2", 2) => (long)BitConverter.ToInt16(bytes),
        ("i4", 4) => (long)BitConverter.ToInt32(bytes),
        ("i8", 8) => BitConverter.ToInt64(bytes),
        ("u1", 1) => (long)bytes[0],
        ("u2", 2) => (long)BitConverter.ToUInt16(bytes),
        ("u4", 4) => (long)BitConverter.ToUInt32(bytes),
        ("u8", 8) => BitConverter.ToUInt64(bytes) is var value && value <= long.MaxValue ? (object)(long)value : (BigInteger)value,
        ("f2", 2) => (double)BitConverter.ToHalf(bytes),
        ("f4", 4) => (double)BitConverter.ToSingle(bytes),
        ("f8", 8) => BitConverter.ToDouble(bytes),
        _ => null,
    };
}
