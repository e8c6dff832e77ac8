using Akimbo.Tensors;

namespace Akimbo.Networks;

/// <summary>A tensor that a network learns or keeps: declared with the network, filled from a checkpoint.</summary>
public sealed class Parameter
{
    private Tensor? _value;

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

    /// <summary>Whether it is kept rather than learned, as BatchNorm's running statistics are.</summary>
    public bool IsBuffer { get; }

    /// <summary>Whether a checkpoint may lack it; the value is then zero.</summary>
    public bool IsOptional { get; }

    /// <summary>Whether a value has been set.</summary>
    public bool HasValue => _value is not null;

    /// <summary>The values.</summary>
    /// <exception cref="InvalidOperationException">Read before it was set.</exception>
    /// <exception cref="ArgumentException">Set to a tensor of another shape.</exception>
    public Tensor Value
    {
        get => _value ?? throw new InvalidOperationException($"{Name} has no value yet; load weights first.");
        set => _value = value.Shape == Shape ? value : throw new ArgumentException($"{Name} has shape {Shape}; the value has {value.Shape}.", nameof(value));
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {Shape}";
}
