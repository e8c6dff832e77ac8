using Akimbo.Tensors;
using Akimbo.Tensors.Serialization;

namespace Akimbo.Networks;

/// <summary>A tensor that a network learns or keeps: declared with the network, filled from a checkpoint.</summary>
public sealed class Parameter
{
    private Tensor? _value;
    private StoredTensor? _stored;

    internal Parameter(string name, Shape shape, bool isBuffer, bool isOptional)
    {
        Name = name;
        Shape = shape;
        IsBuffer = isBuffer;
        IsOptional = isOptional;
    }

    /// <summary>The full name, as in the original's state dict: <c>stage.0.0.inv.0.weight</c>.</summary>
    public string Name { get; }

    /// <summary>The shape it must have.</summary>
    public Shape Shape { get; }

    /// <summary>Whether it belongs to a part of the network.</summary>
    /// <param name="part">The beginning of its name up to a dot, such as <c>stage.0</c>, or all of it.</param>
    public bool IsIn(string part) => Name == part || (Name.StartsWith(part, StringComparison.Ordinal) && Name[part.Length] == '.');

    /// <summary>Whether it is kept rather than learned, as BatchNorm's running statistics are.</summary>
    public bool IsBuffer { get; }

    /// <summary>Whether a checkpoint may lack it; the value is then zero.</summary>
    public bool IsOptional { get; }

    /// <summary>Whether a value has been set.</summary>
    public bool HasValue => _value is not null || _stored is not null;

    /// <summary>The values. Those of a file are read when they are first asked for, and kept.</summary>
    /// <exception cref="InvalidOperationException">Read before it was set.</exception>
    /// <exception cref="IOException">The file that holds the values has been written to since it was opened.</exception>
    /// <exception cref="ArgumentException">Set to a tensor of another shape.</exception>
    public Tensor Value
    {
        get => _value ??= _stored?.ToTensor() ?? throw NoValue();
        set => _value = value.Shape == Shape ? value : throw new ArgumentException($"{Name} has shape {Shape}; the value has {value.Shape}.", nameof(value));
    }

    /// <summary>Takes the values of a tensor of the same shape, which stay where they are until they are needed.</summary>
    internal void FillFrom(StoredTensor stored)
    {
        _stored = stored;
        _value = null;
    }

    /// <summary>A copy of the values; those of a file are not kept, so that packed weights are the only ones in memory.</summary>
    internal float[] CopyValues() => _value?.Span.ToArray() ?? _stored?.ToArray<float>() ?? throw NoValue();

    private InvalidOperationException NoValue() => new($"{Name} has no value yet; load weights first.");

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {Shape}";
}
