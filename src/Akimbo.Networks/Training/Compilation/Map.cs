using Akimbo.Networks.Inference;
using Akimbo.Tensors;
using Akimbo.Tensors.Kernels;

namespace Akimbo.Networks.Training.Compilation;

/// <summary>A piece of a training program's memory, written by one step and read by others; it has a place once the program is planned.</summary>
internal sealed class Map
{
    private MapSlot? _slot;

    public Map(long length) => Length = length;

    public Map(Shape shape)
        : this(MemoryPlan.IsBlocked(shape) ? BlockedLayout.Length(shape[0], shape[1], shape[2], shape[3]) : shape.ElementCount)
    {
    }

    private Map(MapSlot slot) : this(slot.Length) => _slot = slot;

    /// <summary>The caller's input.</summary>
    public static Map OfCaller(Shape shape) => new(new MapSlot(0, checked((int)shape.ElementCount), IsInput: true));

    /// <summary>Floats.</summary>
    public long Length { get; }

    /// <summary>Whether it is the caller's memory.</summary>
    public bool IsCallers => _slot is { IsInput: true };

    /// <summary>The place, once planned.</summary>
    public MapSlot Slot => _slot ?? throw new InvalidOperationException("The map has no place yet.");

    /// <summary>Gives it its place.</summary>
    public void Place(long offset) => _slot = new MapSlot((int)offset, (int)Length);
}
