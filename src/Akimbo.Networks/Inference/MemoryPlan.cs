using Akimbo.Networks.Operations;
using Akimbo.Tensors;
using Akimbo.Tensors.Kernels;
using Akimbo.Tensors.Kernels.Convolutions;

namespace Akimbo.Networks.Inference;

/// <summary>Where every map that a program computes lies, so that memory is used again once its map is no longer needed.</summary>
internal sealed class MemoryPlan
{
    private readonly Dictionary<Value, MapSlot> _slots = [];
    private readonly Value _input;

    /// <summary>Plans the outputs of all nodes, and the blocked input where a node needs it.</summary>
    public MemoryPlan(Graph graph, IReadOnlyList<FusedNode> nodes, IReadOnlyList<ConvolutionKernel?> kernels)
    {
        _input = graph.Input;
        PlanarInput = new MapSlot(0, checked((int)graph.Input.Shape.ElementCount), IsInput: true);

        var lastUse = new Dictionary<Value, int>();
        for (int i = 0; i < nodes.Count; i++)
            foreach (var read in nodes[i].Reads)
                if (!ReadsCallersMemory(nodes[i], kernels[i], read)) lastUse[read] = i;
        foreach (var output in graph.Outputs) lastUse[output] = nodes.Count;

        var indexes = new Dictionary<Value, int>();
        var pieces = new List<Lifetime>();
        if (lastUse.ContainsKey(_input)) Plan(_input, firstUse: -1);
        for (int i = 0; i < nodes.Count; i++)
        {
            if (Replaceable(nodes[i]) is { } replaced && lastUse[replaced] == i && indexes.TryGetValue(replaced, out int index)) PlanOver(nodes[i].Output, index, i);
            else Plan(nodes[i].Output, firstUse: i);
        }

        (long[] offsets, Length) = ArenaPlanner.Plan(pieces);
        if (Length <= int.MaxValue)
            foreach (var (value, index) in indexes) _slots[value] = new MapSlot((int)offsets[index], (int)pieces[index].Length);

        void Plan(Value value, int firstUse)
        {
            indexes.Add(value, pieces.Count);
            pieces.Add(new Lifetime(LengthOf(value.Shape), firstUse, lastUse.GetValueOrDefault(value, firstUse)));
        }

        void PlanOver(Value value, int index, int firstUse)
        {
            indexes.Add(value, index);
            pieces[index] = pieces[index] with { LastUse = lastUse.GetValueOrDefault(value, firstUse) };
        }
    }

    /// <summary>Whether values of a shape lie in the blocked layout, as all maps do; others lie as the caller sees them.</summary>
    public static bool IsBlocked(Shape shape) => shape.Rank == 4;

    /// <summary>Floats of the arena.</summary>
    public long Length { get; }

    /// <summary>The caller's input.</summary>
    public MapSlot PlanarInput { get; }

    /// <summary>The blocked copy of the input, where a node reads it.</summary>
    public MapSlot? BlockedInput => _slots.TryGetValue(_input, out var slot) ? slot : null;

    /// <summary>Whether a value is the graph's input.</summary>
    public bool IsInput(Value value) => value == _input;

    /// <summary>Where a value lies.</summary>
    public MapSlot Slot(Value value) => _slots[value];

    /// <summary>
    /// A map that the node reads pixel by pixel where it writes, so that its output may take the map's place: memory that is
    /// in the cache already is written faster.
    /// </summary>
    private static Value? Replaceable(FusedNode node) => node switch
    {
        { Operation: Convolve, Residual: { } residual } when !node.Inputs.Contains(residual) => residual,
        { Operation: Add } when node.Inputs[0] != node.Inputs[^1] => node.Inputs[0],
        { Operation: BatchNormalize or Clamp } => node.Inputs[0],
        _ => null,
    };

    private bool ReadsCallersMemory(FusedNode node, ConvolutionKernel? kernel, Value read) =>
        read == _input && kernel is { ReadsPlanarInput: true } && node.Residual != read;

    private static long LengthOf(Shape shape) => IsBlocked(shape) ? BlockedLayout.Length(shape[0], shape[1], shape[2], shape[3]) : shape.ElementCount;
}
