using Akimbo.Networks.Operations;
using Akimbo.Tensors;
using Akimbo.Tensors.Kernels;

namespace Akimbo.Networks.Inference;

/// <summary>Maps to positions: from the blocked layout to plain [N, K, 2], sixteen channels a part.</summary>
internal sealed class SoftArgMaxStep(string name, ProgramMemory memory, SoftArgMax operation, Shape from, MapSlot input, MapSlot output)
    : PlaneStep(name, memory, from)
{
    private readonly Shape _from = from;

    public override void Run(int chunk, int worker)
    {
        var (n, block) = Math.DivRem(chunk, BlockedLayout.Blocks(_from[1]));
        int first = block * BlockedLayout.Lanes, end = Math.Min(_from[1], first + BlockedLayout.Lanes);
        var plane = Plane(Memory.Read(input), chunk, _from);
        var positions = Memory.Write(output).Slice(n * _from[1] * 2, _from[1] * 2);
        for (int k = first; k < end; k++)
            (positions[2 * k], positions[2 * k + 1]) = operation.Locate(plane[(k - first)..], BlockedLayout.Lanes, _from[2], _from[3]);
    }
}

/// <summary>A plain value to the caller.</summary>
internal sealed class CopyStep(ProgramMemory memory, MapSlot input, Tensor output) : Step("Output", memory)
{
    public override int Chunks => 1;

    public override void Run(int chunk, int worker) => Memory.Read(input).CopyTo(output.Span);
}
