using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Akimbo.Tensors.Serialization;

/// <summary>Sizes of stored elements, and their conversion to the number types of .NET.</summary>
internal static class ElementConversion
{
    /// <summary>The number of bytes of one element.</summary>
    public static int Size(this ElementType type) => type switch
    {
        ElementType.Int8 or ElementType.UInt8 or ElementType.Bool => 1,
        ElementType.Float16 or ElementType.BFloat16 or ElementType.Int16 or ElementType.UInt16 => 2,
        ElementType.Float32 or ElementType.Int32 or ElementType.UInt32 => 4,
        ElementType.Float64 or ElementType.Int64 or ElementType.UInt64 => 8,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "This is not an element type."),
    };

    /// <summary>The element type that stores values of <typeparamref name="T"/> exactly as they are in memory.</summary>
    /// <exception cref="NotSupportedException">No element type does.</exception>
    public static ElementType TypeOf<T>() where T : unmanaged =>
        typeof(T) == typeof(Half) ? ElementType.Float16
        : typeof(T) == typeof(float) ? ElementType.Float32
        : typeof(T) == typeof(double) ? ElementType.Float64
        : typeof(T) == typeof(sbyte) ? ElementType.Int8
        : typeof(T) == typeof(short) ? ElementType.Int16
        : typeof(T) == typeof(int) ? ElementType.Int32
        : typeof(T) == typeof(long) ? ElementType.Int64
        : typeof(T) == typeof(byte) ? ElementType.UInt8
        : typeof(T) == typeof(ushort) ? ElementType.UInt16
        : typeof(T) == typeof(uint) ? ElementType.UInt32
        : typeof(T) == typeof(ulong) ? ElementType.UInt64
        : typeof(T) == typeof(bool) ? ElementType.Bool
        : throw new NotSupportedException($"Tensors of {typeof(T)} cannot be stored.");

    /// <summary>Converts contiguous elements; the rules are those of <see cref="StoredTensor.ToArray{T}"/>.</summary>
    public static void Convert<T>(ElementType type, ReadOnlySpan<byte> source, Span<T> destination)
        where T : unmanaged, INumberBase<T>
    {
        switch (type)
        {
            case ElementType.Float16: Convert<Half, T>(source, destination); break;
            case ElementType.BFloat16: ConvertBFloat16(source, destination); break;
            case ElementType.Float32: Convert<float, T>(source, destination); break;
            case ElementType.Float64: Convert<double, T>(source, destination); break;
            case ElementType.Int8: Convert<sbyte, T>(source, destination); break;
            case ElementType.Int16: Convert<short, T>(source, destination); break;
            case ElementType.Int32: Convert<int, T>(source, destination); break;
            case ElementType.Int64: Convert<long, T>(source, destination); break;
            case ElementType.UInt8: Convert<byte, T>(source, destination); break;
            case ElementType.UInt16: Convert<ushort, T>(source, destination); break;
            case ElementType.UInt32: Convert<uint, T>(source, destination); break;
            case ElementType.UInt64: Convert<ulong, T>(source, destination); break;
            case ElementType.Bool: ConvertBool(source, destination); break;
            default: throw new ArgumentOutOfRangeException(nameof(type), type, "This is not an element type.");
        }
    }

    private static void Convert<TSource, T>(ReadOnlySpan<byte> bytes, Span<T> destination)
        where TSource : unmanaged, INumberBase<TSource>
        where T : unmanaged, INumberBase<T>
    {
        var source = MemoryMarshal.Cast<byte, TSource>(bytes);
        if (typeof(TSource) == typeof(T))
        {
            source.CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.As<T, TSource>(ref MemoryMarshal.GetReference(destination)), destination.Length));
            return;
        }

        if (typeof(TSource) == typeof(Half) && typeof(T) == typeof(float))
        {
            HalfPrecision.Widen(MemoryMarshal.Cast<byte, Half>(bytes), MemoryMarshal.CreateSpan(ref Unsafe.As<T, float>(ref MemoryMarshal.GetReference(destination)), destination.Length));
            return;
        }

        for (int i = 0; i < source.Length; i++) destination[i] = T.CreateChecked(source[i]);
    }

    private static void ConvertBFloat16<T>(ReadOnlySpan<byte> bytes, Span<T> destination) where T : unmanaged, INumberBase<T>
    {
        var source = MemoryMarshal.Cast<byte, ushort>(bytes);
        for (int i = 0; i < source.Length; i++)
            destination[i] = T.CreateChecked(BitConverter.UInt32BitsToSingle((uint)source[i] << 16));
    }

    private static void ConvertBool<T>(ReadOnlySpan<byte> source, Span<T> destination) where T : unmanaged, INumberBase<T>
    {
        for (int i = 0; i < source.Length; i++) destination[i] = source[i] != 0 ? T.One : T.Zero;
    }
}
