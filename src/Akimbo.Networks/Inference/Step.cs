using Akimbo.Tensors;
using Akimbo.Tensors.Kernels.Convolutions;

namespace Akimbo.Networks.Inference;

/// <summary>One kernel call of a program, in parts that threads share.</summary>
internal abstract class Step(string name, ProgramMemory memory) : IParallelWork
{
    /// <summary>The operation it came from.</summary>
    public string Name { get; } = name;

    /// <summary>Multiply-adds by the operation's definition.</summary>
    public long MultiplyAdds { get; set; }

    /// <summary>Parts.</summary>
    public abstract int Chunks { get; }

    /// <summary>Floats of scratch memory that a part needs.</summary>
    public virtual int ScratchLength => 0;

    protected ProgramMemory Memory { get; } = memory;

    public abstract void Run(int chunk, int worker);
}

/// <summary>A convolution with what is fused into it.</summary>
internal sealed class ConvolutionStep(string name, ProgramMemory memory, ConvolutionKernel kernel, MapSlot input, MapSlot? residual, MapSlot output)
    : Step(name, memory)
{
    public override int Chunks => kernel.Chunks;

    public override int ScratchLength => kernel.ScratchLength;

    public override void Run(int chunk, int worker) =>
        kernel.Run(Memory.Read(input), Memory.Read(residual), Memory.Write(output), Memory.Scratch(worker), chunk);
}
