using System.Diagnostics.CodeAnalysis;
using Akimbo.Tensors.Text;

namespace Akimbo.Tensors.Serialization;

/// <summary>The tensors and metadata of a safetensors file; made by <see cref="Safetensors"/>.</summary>
public sealed class SafetensorsFile
{
    internal SafetensorsFile(string name, IReadOnlyDictionary<string, string> metadata, IReadOnlyDictionary<string, StoredTensor> tensors)
    {
        Name = name;
        Metadata = metadata;
        Tensors = tensors;
    }

    /// <summary>The file's path, or the name its bytes were given.</summary>
    public string Name { get; }

    /// <summary>The free-form strings under <c>__metadata__</c>; empty where the file has none.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>All tensors by name, in the order of the header.</summary>
    public IReadOnlyDictionary<string, StoredTensor> Tensors { get; }

    /// <summary>The tensor called <paramref name="name"/>.</summary>
    /// <exception cref="KeyNotFoundException">There is no such tensor; the message gives the nearest names.</exception>
    public StoredTensor this[string name] => Tensors.TryGetValue(name, out var tensor)
        ? tensor
        : throw new KeyNotFoundException($"{Name}: none of the {Tensors.Count} tensors is called '{name}'.{NearestNames.Suggest(name, Tensors.Keys)}");

    /// <summary>Looks for the tensor called <paramref name="name"/>.</summary>
    public bool TryGetTensor(string name, [NotNullWhen(true)] out StoredTensor? tensor) => Tensors.TryGetValue(name, out tensor);
}
