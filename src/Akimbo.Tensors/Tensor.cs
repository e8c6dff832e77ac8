namespace Akimbo.Tensors;

/// <summary>A dense float32 array in row-major order; feature maps are [N, C, H, W].</summary>
public sealed class Tensor
{
    /// <summary>Makes a tensor of zeros.</summary>
    /// <exception cref="ArgumentException">The shape has more elements than an array can hold.</exception>
    public Tensor(Shape shape) : this(shape, new float[CheckedLength(shape)])
    {
    }

    /// <summary>Wraps memory without copying it; whoever writes to the memory writes to the tensor.</summary>
    /// <exception cref="ArgumentException">The memory's length is not the shape's element count.</exception>
    public Tensor(Shape shape, Memory<float> memory)
    {
        if (memory.Length != shape.ElementCount)
            throw new ArgumentException($"A tensor of shape {shape} has {shape.ElementCount} elements; the memory holds {memory.Length}.", nameof(memory));
        Shape = shape;
        Memory = memory;
    }

    /// <summary>The lengths of the dimensions, outermost first.</summary>
    public Shape Shape { get; }

    /// <summary>All elements in row-major order.</summary>
    public Memory<float> Memory { get; }

    /// <summary>All elements in row-major order.</summary>
    public Span<float> Span => Memory.Span;

    /// <summary>The same elements under another shape; the memory is shared.</summary>
    /// <exception cref="ArgumentException">The element counts differ.</exception>
    public Tensor Reshape(Shape shape) => new(shape, Memory);

    /// <inheritdoc/>
    public override string ToString() => $"Tensor {Shape}";

    private static int CheckedLength(Shape shape) => shape.ElementCount <= Array.MaxLength
        ? (int)shape.ElementCount
        : throw new ArgumentException($"A tensor of shape {shape} would have {shape.ElementCount} elements; an array holds at most {Array.MaxLength}.", nameof(shape));
}
