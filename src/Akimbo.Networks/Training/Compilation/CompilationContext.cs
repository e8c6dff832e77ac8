using Akimbo.Networks.Inference;
using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Networks.Training.Compilation;

/// <summary>What all programs of a training network share.</summary>
/// <param name="Trained">The parameters that get gradients.</param>
/// <param name="Options">What is trained.</param>
/// <param name="Memory">The arena.</param>
/// <param name="Path">The vector width.</param>
/// <param name="Threads">Threads that share the work.</param>
internal sealed record CompilationContext(TrainedParameters Trained, TrainingOptions Options, ProgramMemory Memory, SimdPath Path, int Threads);
