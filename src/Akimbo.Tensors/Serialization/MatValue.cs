using System.Numerics;
using Akimbo.Tensors.Text;

namespace Akimbo.Tensors.Serialization;

/// <summary>An array in a MATLAB file. Elements are in MATLAB's order: the first dimension runs fastest.</summary>
public abstract class MatValue
{
    private protected MatValue(int[] dimensions, int count)
    {
        Dimensions = dimensions;
        Count = count;
    }

    /// <summary>The lengths of the dimensions, at least two; a single number is 1×1.</summary>
    public IReadOnlyList<int> Dimensions { get; }

    /// <summary>The number of elements: the product of the dimensions.</summary>
    public int Count { get; }

    /// <summary>The kind of array and its dimensions, as messages name it.</summary>
    public sealed override string ToString() => $"{Kind} {string.Join('×', Dimensions)}";

    private protected abstract string Kind { get; }
}

/// <summary>An array of real numbers or of truth values.</summary>
public sealed class MatNumbers : MatValue
{
    private readonly ReadOnlyMemory<byte> _bytes;

    internal MatNumbers(int[] dimensions, int count, ElementType type, ReadOnlyMemory<byte> bytes) : base(dimensions, count)
    {
        Type = type;
        _bytes = bytes;
    }

    /// <summary>The number format in the file, which MATLAB chooses as narrow as the values allow.</summary>
    public ElementType Type { get; }

    private protected override string Kind => "numbers";

    /// <summary>The elements, the first dimension running fastest; converted as by <see cref="StoredTensor.ToArray{T}"/>.</summary>
    /// <exception cref="OverflowException"><typeparamref name="T"/> is an integer type and cannot hold an element.</exception>
    public T[] ToArray<T>() where T : unmanaged, INumberBase<T>
    {
        T[] values = GC.AllocateUninitializedArray<T>(Count);
        ElementConversion.Convert<T>(Type, _bytes.Span, values);
        return values;
    }
}

/// <summary>An array of characters.</summary>
public sealed class MatText : MatValue
{
    internal MatText(int[] dimensions, int count, string text) : base(dimensions, count) => Text = text;

    /// <summary>The text; the rows of a character matrix follow each other as lines.</summary>
    public string Text { get; }

    private protected override string Kind => "text";
}

/// <summary>A cell array: an array of arrays.</summary>
public sealed class MatCells : MatValue
{
    internal MatCells(int[] dimensions, MatValue[] items) : base(dimensions, items.Length) => Items = items;

    /// <summary>The arrays in the cells, the first dimension running fastest.</summary>
    public IReadOnlyList<MatValue> Items { get; }

    private protected override string Kind => "cells";
}

/// <summary>An array of structs, all with the same fields.</summary>
public sealed class MatStructs : MatValue
{
    private readonly string[] _fields;
    private readonly MatValue[] _values;

    internal MatStructs(int[] dimensions, int count, string[] fields, MatValue[] values) : base(dimensions, count)
    {
        _fields = fields;
        _values = values;
    }

    /// <summary>The names of the fields, in the file's order.</summary>
    public IReadOnlyList<string> Fields => _fields;

    /// <summary>A field of one struct.</summary>
    /// <param name="index">The struct, 0 … <see cref="MatValue.Count"/> − 1, the first dimension running fastest.</param>
    /// <param name="field">The field's name.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such struct.</exception>
    /// <exception cref="KeyNotFoundException">There is no such field; the message lists those there are.</exception>
    public MatValue this[int index, string field] => Find(index, field)
        ?? throw new KeyNotFoundException($"The struct has no field '{field}'; it has {string.Join(", ", _fields)}.{NearestNames.Suggest(field, _fields)}");

    private protected override string Kind => $"structs of {string.Join(", ", _fields)};";

    /// <summary>A field of one struct, or null where the structs have no field of that name.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such struct.</exception>
    public MatValue? Find(int index, string field)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        int column = Array.IndexOf(_fields, field);
        return column < 0 ? null : _values[index * _fields.Length + column];
    }
}

/// <summary>An array of a kind that is not read: sparse or complex numbers, objects, function handles.</summary>
public sealed class MatOpaque : MatValue
{
    internal MatOpaque(int[] dimensions, int count, string content) : base(dimensions, count) => Content = content;

    /// <summary>What it holds, such as <c>sparse numbers</c>.</summary>
    public string Content { get; }

    private protected override string Kind => Content;
}
